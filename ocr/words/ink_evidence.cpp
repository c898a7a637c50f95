#include "ocr/words/ink_evidence.h"

#include "ocr/words/ink_view.h"
#include "ocr/words/letter_shapes.h"
#include "ocr/words/small_digits.h"
#include "ocr/words/word_gaps.h"

namespace sohoa {

void readByInk(const Sheet& sheet, const Segment& segment, std::vector<PlacedWord>& words,
               LineEngine& engine) {
  const InkView ink(sheet, segment, engine);
  splitAtGaps(ink, words);
  readSmallDigits(ink, words);
  if (!words.empty()) readRomanNumber(ink, words.front());
  for (PlacedWord& word : words) {
    readSmallLetters(ink, word);
    readTone(ink, word);
    readInitial(ink, word);
    readOnes(ink, word);
    readSlashes(ink, word);
    readZeros(ink, word);
    readCapitals(ink, word);
    readPerLitre(ink, word);
    readVeViec(ink, word);
    readListLetter(ink, word);
    readSeparators(ink, word);
    readStopOrComma(ink, word);
  }
}

}  // namespace sohoa
