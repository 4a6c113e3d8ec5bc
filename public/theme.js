// @ts-check
import { memory } from './memory.js';

/** The system's choice stands until someone toggles. */
export function showKeptTheme() {
  const kept = memory.theme.get();
  if (kept === 'light' || kept === 'dark') document.documentElement.dataset.theme = kept;
}

export function toggleTheme() {
  const theme = currentTheme() === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset.theme = theme;
  memory.theme.set(theme);
}

function currentTheme() {
  const { theme } = document.documentElement.dataset;
  if (theme) return theme;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
