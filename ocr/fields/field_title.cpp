#include "ocr/fields/field_title.h"

#include <algorithm>

#include "ocr/language/document_vocabulary.h"
#include "ocr/language/folded_text.h"
#include "ocr/language/syllable.h"

namespace sohoa {
namespace {

/// Where the text stands: left and right edge of the page's lines.
struct Column {
  double left, right;
  double centre() const { return (left + right) / 2; }
  double width() const { return right - left; }
};

Column textColumn(const FieldPage& page) {
  std::vector<double> lefts, rights;
  for (const FieldLine& line : page.lines) {
    if (line.words.size() < 3) continue;
    lefts.push_back(line.left);
    rights.push_back(line.right);
  }
  if (lefts.size() < 3) return {0.15 * page.width, 0.92 * page.width};
  std::sort(lefts.begin(), lefts.end());
  std::sort(rights.begin(), rights.end());
  // One line in ten may hang out: a speck at the edge taken for a sign.
  const std::size_t tenth = lefts.size() / 10;
  return {lefts[tenth], rights[rights.size() - 1 - tenth]};
}

/// "Q U Y Ế T  Đ Ị N H": letters set apart are joined; wider gaps part the words.
std::string closedUp(const FieldLine& line) {
  std::size_t single = 0;
  std::vector<double> gaps;
  for (std::size_t i = 0; i < line.words.size(); ++i) {
    single += toCodePoints(line.words[i].word->text).size() == 1 ? 1 : 0;
    if (i > 0) gaps.push_back(line.words[i].left - line.words[i - 1].right);
  }
  if (line.words.size() < 5 || 10 * single < 7 * line.words.size()) return line.text;
  std::vector<double> sorted = gaps;
  std::sort(sorted.begin(), sorted.end());
  const double usual = sorted[sorted.size() / 2];
  std::string text = line.words.front().word->text;
  for (std::size_t i = 1; i < line.words.size(); ++i) {
    if (gaps[i - 1] > 1.6 * usual) text += ' ';
    text += line.words[i].word->text;
  }
  return text;
}

/// Words in capitals at the start of the line: "QUYẾT ĐỊNH Về việc …" has two.
std::size_t capitalWords(const FieldLine& line) {
  std::size_t count = 0;
  while (count < line.words.size()) {
    const std::string& text = line.words[count].word->text;
    const bool mark =
        toCodePoints(text).size() == 1 && !std::isalpha(static_cast<unsigned char>(text[0]));
    if (!mark && !isCapitals(text, 0.6)) break;
    ++count;
  }
  return count;
}

struct Title {
  std::size_t line = 0;   ///< of FieldPage::lines
  std::size_t words = 0;  ///< of the line that are the type's name
};

std::optional<Title> findType(const FieldPage& page, double top, const Column& column) {
  std::optional<Title> fallback;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    const FieldLine& line = page.lines[i];
    if (line.base <= top + 0.5 * line.height) continue;
    if (line.base > 0.6 * page.height) break;
    if (line.folded.starts_with("KINH GUI") || line.folded.starts_with("CAN CU") ||
        line.folded.starts_with("DIEU 1")) {
      break;
    }
    const bool centred = std::abs(line.centre() - column.centre()) < 0.1 * page.width;
    const std::size_t capitals = capitalWords(line);
    if (!centred || capitals == 0) continue;
    const std::string text = closedUp(line);
    const std::string folded = foldCapitals(text);
    if (typeNameLength(folded) > 0) {
      return Title{i, capitals};
    }
    const bool usable = isCapitals(line.text) && line.words.size() >= 2 && line.words.size() <= 8 &&
                        !beginsIssuerLine(folded);
    if (usable && !fallback) fallback = Title{i, line.words.size()};
  }
  return fallback;
}

}  // namespace

void readTitle(const FieldPage& page, double top, int number, FieldMap& fields) {
  const Column column = textColumn(page);
  const auto title = findType(page, top, column);
  if (!title) return;
  const FieldLine& line = page.lines[title->line];
  DocumentField type = fieldOf(line, 0, title->words, number);
  if (title->words == line.words.size()) type.value = closedUp(line);
  while (!type.value.empty() && (type.value.back() == ':' || type.value.back() == '.'))
    type.value.pop_back();
  fields[std::string(field::kType)] = std::move(type);

  DocumentField abstract;
  if (title->words < line.words.size()) {
    abstract = fieldOf(line, title->words, line.words.size(), number);
  }
  double last = line.base, pitch = 0, pitches = 0;
  int count = 0;
  for (std::size_t i = title->line + 1; i < page.lines.size(); ++i) {
    const FieldLine& next = page.lines[i];
    const double step = next.base - last;
    const auto letters = std::count_if(next.folded.begin(), next.folded.end(), [](char c) {
      return std::isalnum(static_cast<unsigned char>(c));
    });
    if (step < 0.4 * next.height || letters < 2) continue;  // specks, also beside the line
    const double height = std::max(next.height, 0.8 * line.height);
    const double most = count == 0 ? 2.6 * height : std::min(1.4 * pitch, 2.1 * height);
    if (step > most) break;
    const bool capitals = isCapitals(next.text, 0.9);
    // "Thực hiện …", "ngày …" may begin a body as well as a line of the abstract; only this stands
    // in the middle.
    const bool inTheMiddle = next.left > column.left + 0.03 * page.width &&
                             next.right < column.right - 0.03 * page.width &&
                             !next.folded.starts_with("CAN CU") &&
                             !next.folded.starts_with("KINH GUI");
    if (beginsBody(next.folded) && !capitals && !inTheMiddle) break;
    if (capitals && beginsIssuerLine(next.folded) && (count > 0 || step > 2.0 * height)) break;
    // A paragraph reaches both edges, or starts at the left one; the abstract is set in the middle.
    const bool centred = std::abs(next.centre() - line.centre()) < 0.035 * page.width;
    const bool inset = next.left > column.left + 0.02 * page.width;
    if (!centred || (!inset && next.right < column.right - 0.05 * page.width)) break;
    const DocumentField more = fieldOf(next, 0, next.words.size(), number);
    if (abstract.page == 0) {
      abstract = more;
    } else {
      join(abstract, more);
    }
    pitches += step;
    pitch = count == 0 ? step : pitches / (count + 1);
    ++count;
    last = next.base;
  }
  if (abstract.page == 0 || fields.contains(field::kAbstract)) return;
  abstract.value = abstract.text;
  while (!abstract.value.empty() && (abstract.value.back() == '.' || abstract.value.back() == ';'))
    abstract.value.pop_back();
  fields[std::string(field::kAbstract)] = std::move(abstract);
}

}  // namespace sohoa
