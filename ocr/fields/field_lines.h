#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/document_fields.h"
#include "core/reading.h"
#include "ocr/image/affine.h"

namespace sohoa {

/// A word where it stands on the upright, straight page (pixels of the scan's scale).
struct FieldWord {
  const Word* word = nullptr;
  double left = 0, right = 0;
  double base = 0;    ///< y of the baseline in its middle
  double height = 0;  ///< ascender to descender
};

/// Words beside each other on one baseline, left to right.
struct FieldLine {
  std::vector<FieldWord> words;
  double left = 0, right = 0, base = 0, height = 0;
  std::string text;    ///< the words with a space between
  std::string folded;  ///< text in ASCII capitals, without marks
  double centre() const { return (left + right) / 2; }
  double width() const { return right - left; }
};

/// The lines of a page by position: recognition's columns are kept, its blocks are not.
struct FieldPage {
  double width = 0, height = 0;  ///< of the upright page
  Affine toScan;                 ///< upright, straight -> as scanned
  std::vector<FieldLine> lines;  ///< from top to bottom
};

/// Lines that reach over the gap between two columns are cut there: where the second part starts
/// like the second column of a heading or a footer.
FieldPage fieldPage(const PageReading& reading);

/// Words [from, to) of a line as a field: text, box, confidence, suspicion; value = text.
DocumentField fieldOf(const FieldLine& line, std::size_t from, std::size_t to, int page);
/// Whole lines as one field, joined by spaces.
DocumentField fieldOf(const std::vector<const FieldLine*>& lines, int page);
/// Specks beside a name or an agency come out as signs: the value is freed of those at its ends
/// (and of a full stop behind it); the text keeps them.
DocumentField withoutSpecks(DocumentField field);
/// `more` belongs to the same field: text, box and signals are joined.
void join(DocumentField& field, const DocumentField& more);

}  // namespace sohoa
