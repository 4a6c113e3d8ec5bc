/** Runs once before all tests: whoever has changed a page is to see the tests of the page as it is now. */
export { packOurPages as default } from '../../scripts/pack/ours.ts';
