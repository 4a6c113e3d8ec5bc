/**
 * Faults that Stryker has no mutators for: a statement or a field is left out, a number is another one, two arguments
 * change places. They are written into the code as choices, each by a `true`; what they become when Stryker makes it
 * `false` is what a slip of the hand would have made.
 */
import { parse } from '@babel/parser';

/** Of a node of Babel's, what is read here; the rest depends on its type. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** What stands in the code in one piece: a node, or two arguments that may change places. */
type Piece = Node | { readonly type: 'pair'; readonly start: number; readonly end: number };

/**
 * @param code TypeScript
 * @returns the same, line by line, as long as each `true` is true
 */
export function withChoices(code: string): string {
  const text = ({ start, end }: Piece) => code.slice(start, end);

  function rewritten(piece: Piece, parent: Node): string {
    if (piece.type === 'pair') return swapped(piece);
    let at = piece.start;
    let inside = '';
    for (const child of piecesOf(piece)) {
      // Both parts of `{ name }` are the same characters.
      if (child.start < at) continue;
      inside += code.slice(at, child.start) + rewritten(child, piece);
      at = child.end;
    }
    return choice(piece, parent, inside + code.slice(at, piece.end));
  }

  function swapped(pair: Piece): string {
    const [first, second] = text(pair).split(/,\s*/);
    // Lines stay where they are.
    const breaks = text(pair).replace(/[^\n]/g, '');
    return `...(true ? [${first}, ${second}] : [${second}, ${first}])${breaks}`;
  }

  const program = parse(code, { sourceType: 'module', plugins: ['typescript'] }).program as Node;
  return code.slice(0, program.start) + rewritten(program, program) + code.slice(program.end);
}

/** @param inside the node's code, with the choices in it */
function choice(node: Node, parent: Node, inside: string): string {
  if (isLeftOut(node, parent)) return `if (true) ${inside}`;
  if (node.type === 'NumericLiteral' && !isKey(node, parent)) {
    return `(true ? ${inside} : ${otherThan((node as Node & { value: number }).value)})`;
  }
  if (node.type === 'ObjectProperty' && parent.type === 'ObjectExpression') {
    return `...(true ? { ${inside} } : {})`;
  }
  return inside;
}

/** Of a block with one statement Stryker itself leaves out all. */
function isLeftOut({ type, ...node }: Node, parent: Node): boolean {
  if (type !== 'ExpressionStatement') return false;
  const { expression } = node as unknown as { expression: { callee?: Node } };
  if (expression.callee?.type === 'Super') return false;
  const { body } = parent as unknown as { body: unknown[] };
  return parent.type === 'SwitchCase' || (parent.type === 'BlockStatement' && body.length > 1);
}

function isKey(node: Node, parent: Node): boolean {
  return 'key' in parent && parent.key === node;
}

function otherThan(value: number): number {
  return value < 10 ? value + 1 : value * 1.5;
}

/** What a node consists of, in the order of the code; types are nobody's fault. */
function piecesOf(node: Node): Piece[] {
  const nodes = Object.values(node)
    .flat()
    .filter((value) => isNode(value) && !isType(value) && !value.type.startsWith('Comment')) as Node[];
  const args = 'arguments' in node ? (node.arguments as Node[]) : [];
  return withPairs(
    nodes.sort((a, b) => a.start - b.start),
    new Set(args.filter(isName)),
  );
}

/** Two names next to each other among the arguments become one piece. */
function withPairs(nodes: readonly Node[], names: ReadonlySet<Node>): Piece[] {
  const pieces: Piece[] = [];
  for (let i = 0; i < nodes.length; i++) {
    const [first, second] = nodes.slice(i, i + 2) as [Node, Node | undefined];
    const isPair = second !== undefined && names.has(first) && names.has(second);
    pieces.push(isPair ? { type: 'pair', start: first.start, end: second.end } : first);
    if (isPair) i += 1;
  }
  return pieces;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

function isType({ type }: Node): boolean {
  return (
    type.startsWith('TS') &&
    !['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression'].includes(type)
  );
}

/** A name, or a path of names such as `record.id`. */
function isName(node: Node): boolean {
  if (node.type === 'Identifier' || node.type === 'ThisExpression') return true;
  const { object, computed } = node as unknown as { object: Node; computed: boolean };
  return node.type === 'MemberExpression' && !computed && isName(object);
}
