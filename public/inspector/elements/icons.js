// @ts-check

const SVG = 'http://www.w3.org/2000/svg';

/** Drawn, since no image is worth a request of its own. */
export const icons = {
  pause: () => drawn('M8 5v14M16 5v14'),
  play: () => drawn('M8 5l11 7-11 7z'),
  back: () => drawn('M17 6l-8 6 8 6zM6 6v12'),
  forth: () => drawn('M7 6l8 6-8 6zM18 6v12'),
  room: () => drawn('M9.5 4l-2 16M16.5 4l-2 16M4.5 9h16M3.5 15h16'),
  session: () =>
    drawn('M12 12a4 4 0 100-8 4 4 0 000 8zM4.5 20c1-4 4-5.5 7.500-5.500s6.500 1.500 7.500 5.500'),
  stats: () => drawn('M5 20v-7M12 20V4M19 20v-11'),
  page: () => drawn('M3.500 5h17v14h-17zM3.500 9.500h17'),
  other: () => drawn('M12 5a7 7 0 100 14 7 7 0 000-14z'),
  followed: () =>
    drawn(
      'M3 12s3.500-6 9-6 9 6 9 6-3.500 6-9 6-9-6-9-6zM12 14.500a2.500 2.500 0 100-5 2.500 2.500 0 000 5z',
    ),
};

/** @param {string} lines */
function drawn(lines) {
  const icon = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', lines);
  for (const [name, value] of Object.entries({
    viewBox: '0 0 24 24',
    width: '18',
    height: '18',
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': '2',
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    'aria-hidden': 'true',
  })) {
    icon.setAttribute(name, value);
  }
  icon.append(path);
  return icon;
}
