#pragma once

#include "ocr/words/ink_view.h"

namespace sohoa {

/// "I.", "II.", "III." that begin a line, against 1L.
void readRomanNumber(const InkView& ink, PlacedWord& word);
/// A dot against a hook (i, ỉ), small against capital Ị, the dot below y, which the model lacks.
void readSmallLetters(const InkView& ink, PlacedWord& word);
/// 1 against I beside digits: "M11" comes as "MII".
void readOnes(const InkView& ink, PlacedWord& word);
/// A slash between digits that comes out as an upright stroke: "12I8I2020".
void readSlashes(const InkView& ink, PlacedWord& word);
/// 0 against O among digits ("O1" for "01": a zero is narrower than the letter), 6 against ó.
void readZeros(const InkView& ink, PlacedWord& word);
/// A small letter of the capital's shape in a word of capitals, and as high as they: "PHố".
void readCapitals(const InkView& ink, PlacedWord& word);
/// "V/v", whose slash comes out as an upright stroke.
void readVeViec(const InkView& ink, PlacedWord& word);
/// A comma between digits that was passed over ("55" for "5,5"), or a full stop between thousands.
void readSeparators(const InkView& ink, PlacedWord& word);
/// "g)" of a list, which comes as "8)".
void readListLetter(const InkView& ink, PlacedWord& word);
/// A full stop stands on the baseline, a comma hangs below it.
void readStopOrComma(const InkView& ink, PlacedWord& word);
/// Acute or hook over a circumflex or breve: "số" and "sổ".
void readTone(const InkView& ink, PlacedWord& word);
/// A capital at the beginning of a word that is no higher than the small letters after it, where
/// both have one shape: "vị" that comes as "Vị".
void readInitial(const InkView& ink, PlacedWord& word);
/// "mg/l", whose slash and l come out as strokes of other letters.
void readPerLitre(const InkView& ink, PlacedWord& word);

}  // namespace sohoa
