// @ts-check
import './chart/state-chart.js';
import './elements/actor-list.js';
import './elements/context-view.js';
import './elements/feed-notice.js';
import './elements/feed-status.js';
import './elements/pane-splitter.js';
import './elements/playback-bar.js';
import './elements/shortcut-help.js';
import './sequence/event-sequence.js';
import { takeTokenFromAddress } from './feed/token.js';
import { Inspector } from './inspector.js';
import { wireActors } from './wiring/actors.js';
import { wireChart } from './wiring/chart.js';
import { wireEvents } from './wiring/events.js';
import { wireFiles } from './wiring/files.js';
import { wireKeys } from './wiring/keys.js';
import { wireLayout } from './wiring/layout.js';
import { wirePlayback } from './wiring/playback.js';

// Each wiring joins the views of one part of the page to the inspector: what they announce becomes an act, and each draws
// when something has changed.

takeTokenFromAddress();
const inspector = new Inspector();
wireLayout(inspector);
wireActors(inspector);
wireChart(inspector);
wireEvents(inspector);
wirePlayback(inspector);
wireFiles(inspector);
wireKeys(inspector);
inspector.start();
