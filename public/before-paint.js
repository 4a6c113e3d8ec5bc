// @ts-check
import { memory } from './memory.js';
import { showKeptTheme } from './theme.js';

// All that must be known before the page is first painted, so that nothing on it changes its mind. The page waits for
// this module, and for none of the others.
showKeptTheme();
document.documentElement.toggleAttribute('data-returning', memory.session.get() !== '');
