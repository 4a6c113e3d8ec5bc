import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Fault, plant } from './fault.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Neither needed nor small. */
const LEFT_OUT = new Set(['node_modules', 'dist', 'coverage', '.git', 'docs/images']);

/** The project in a folder of its own, where faults can be planted and programs run. */
export class Copy {
  readonly root = mkdtempSync(join(tmpdir(), 'troupe-faults-'));
  readonly #originals = new Map<string, string>();

  constructor() {
    cpSync(ROOT, this.root, {
      recursive: true,
      filter: (source) => !LEFT_OUT.has(relative(ROOT, source)),
    });
    symlinkSync(join(ROOT, 'node_modules'), join(this.root, 'node_modules'));
  }

  /** @throws Error when it cannot be planted */
  plant(fault: Fault): void {
    const path = join(this.root, fault.file);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, plant(text, fault));
    if (!this.#originals.has(path)) this.#originals.set(path, text);
  }

  /** Takes out whatever was planted. */
  restore(): void {
    for (const [path, text] of this.#originals) writeFileSync(path, text);
    this.#originals.clear();
  }

  /** Runs a program of the installed packages; resolves with what it has said, however it ends. */
  run(program: string, args: readonly string[]): Promise<{ code: number | null; output: string }> {
    const child = spawn(process.execPath, [join('node_modules', program), ...args], {
      cwd: this.root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, output }));
    });
  }

  delete(): void {
    rmSync(this.root, { recursive: true });
  }
}
