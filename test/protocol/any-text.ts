import fc from 'fast-check';

/** Text of every kind: words, any code points, marks and letters that change with case, halves of characters. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(...'aZßẞİıſſςΣﬁǅ\u0345\u0301\u0307 _-\u200d😀𐐷'), maxLength: 40 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
    .map((units) => String.fromCharCode(...units)),
);
