#include "ocr/fields/field_lines.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <numbers>

#include "ocr/language/folded_text.h"
#include "ocr/language/syllable.h"

namespace sohoa {
namespace {

Affine turnedBy(double degrees, double centreX, double centreY) {
  const double a = degrees * std::numbers::pi / 180, c = std::cos(a), s = std::sin(a);
  return {c, -s, centreX - c * centreX + s * centreY, s, c, centreY - s * centreX - c * centreY};
}

FieldWord placed(const Word& word, const Affine& upright) {
  FieldWord out;
  out.word = &word;
  const bool hasBase = word.baseX0 != word.baseX1 || word.baseY0 != word.baseY1;
  if (hasBase) {
    const double x0 = upright.x(word.baseX0, word.baseY0), x1 = upright.x(word.baseX1, word.baseY1);
    out.left = std::min(x0, x1);
    out.right = std::max(x0, x1);
    out.base = (upright.y(word.baseX0, word.baseY0) + upright.y(word.baseX1, word.baseY1)) / 2;
    out.height = word.height;
  } else {
    const PixelBox& b = word.box;
    const double ax = upright.x(b.x, b.y), bx = upright.x(b.right(), b.bottom());
    const double ay = upright.y(b.x, b.y), by = upright.y(b.right(), b.bottom());
    out.left = std::min(ax, bx);
    out.right = std::max(ax, bx);
    out.base = std::max(ay, by);
    out.height = std::abs(by - ay);
  }
  return out;
}

void finish(FieldLine& line) {
  line.left = line.words.front().left;
  line.right = line.words.back().right;
  line.base = line.height = 0;
  line.text.clear();
  for (const FieldWord& w : line.words) {
    if (!line.text.empty()) line.text += ' ';
    line.text += w.word->text;
    line.base += w.base;
    line.height = std::max(line.height, w.height);
  }
  line.base /= static_cast<double>(line.words.size());
  line.folded = foldCapitals(line.text);
}

/// Texts that begin the right column of a heading: where a line of both columns is cut.
bool beginsColumn(const FieldLine& line, std::size_t at) {
  const std::string word = foldCapitals(line.words[at].word->text);
  const std::string next =
      at + 1 < line.words.size() ? foldCapitals(line.words[at + 1].word->text) : "";
  if (word == "CONG" && difference(next, "HOA") < 0.5) return true;
  if (word == "DOC" && difference(next, "LAP") < 0.5) return true;
  const double gap = line.words[at].left - line.words[at - 1].right;
  return gap > 2.2 * line.height;
}

/// The pen's slots are wide gaps inside a line: "Số: … /QĐ-UBND", "ngày … tháng … năm 2021".
bool isSlot(const FieldWord& left, const FieldWord& right) {
  const double gap = right.left - left.right, height = std::max(left.height, right.height);
  if (gap > 7 * height) return false;
  const std::string before = foldCapitals(left.word->text), after = foldCapitals(right.word->text);
  if (after.starts_with("/")) return true;
  const auto is = [](const std::string& word, std::string_view wanted) {
    return word == wanted || (word.size() >= 3 && difference(word, wanted) <= 0.34);
  };
  return before == "SO:" || before == "SO" || is(before, "NGAY") || is(before, "THANG") ||
         before == "NAM" || (is(after, "THANG") && gap < 4 * height) ||
         (after == "NAM" && gap < 4 * height);
}

/// Recognition may have parted a line: pieces beside each other on one baseline are joined again.
bool goTogether(const FieldLine& left, const FieldLine& right) {
  const double height = std::max(left.height, right.height);
  if (std::abs(left.base - right.base) > 0.3 * height || right.left < left.right - 0.3 * height)
    return false;
  const double gap = right.left - left.right;
  const bool column = right.folded.starts_with("CONG HO") || right.folded.starts_with("DOC LAP");
  return (gap < 0.9 * height && !column) || isSlot(left.words.back(), right.words.front());
}

void cutAtColumns(FieldLine line, std::vector<FieldLine>& out) {
  std::size_t from = 0;
  for (std::size_t i = 1; i <= line.words.size(); ++i) {
    const bool end = i == line.words.size();
    if (!end && (!beginsColumn(line, i) || isSlot(line.words[i - 1], line.words[i]))) continue;
    FieldLine part;
    part.words.assign(line.words.begin() + static_cast<std::ptrdiff_t>(from),
                      line.words.begin() + static_cast<std::ptrdiff_t>(i));
    finish(part);
    out.push_back(std::move(part));
    from = i;
  }
}

}  // namespace

FieldPage fieldPage(const PageReading& reading) {
  FieldPage page;
  const bool sideways = reading.rotation == 90 || reading.rotation == 270;
  page.width = sideways ? reading.height : reading.width;
  page.height = sideways ? reading.width : reading.height;
  const Affine turn = quarterTurn(reading.rotation, reading.width, reading.height);
  const Affine upright =
      turnedBy(-reading.skewDegrees, page.width / 2, page.height / 2).after(turn);
  page.toScan = upright.inverse();
  for (const TextBlock& block : reading.blocks) {
    for (const TextLine& textLine : block.lines) {
      FieldLine line;
      for (const Word& word : textLine.words) {
        line.words.push_back(placed(word, upright));
      }
      if (line.words.empty()) continue;
      finish(line);
      cutAtColumns(std::move(line), page.lines);
    }
  }
  std::stable_sort(page.lines.begin(), page.lines.end(),
                   [](const FieldLine& a, const FieldLine& b) { return a.left < b.left; });
  std::vector<FieldLine> whole;
  for (FieldLine& piece : page.lines) {
    const auto before = std::find_if(
        whole.begin(), whole.end(), [&](const FieldLine& line) { return goTogether(line, piece); });
    if (before == whole.end()) {
      whole.push_back(std::move(piece));
    } else {
      before->words.insert(before->words.end(), piece.words.begin(), piece.words.end());
      finish(*before);
    }
  }
  page.lines = std::move(whole);
  std::stable_sort(page.lines.begin(), page.lines.end(),
                   [](const FieldLine& a, const FieldLine& b) { return a.base < b.base; });
  return page;
}

DocumentField fieldOf(const FieldLine& line, std::size_t from, std::size_t to, int page) {
  DocumentField out;
  out.source = kFromPage;
  out.page = page;
  out.confidence = 1;
  for (std::size_t i = from; i < to; ++i) {
    const Word& word = *line.words[i].word;
    DocumentField one;
    one.text = word.text;
    one.box = word.box;
    one.confidence = word.confidence;
    one.suspect = word.suspect;
    if (i == from) {
      out.text = one.text;
      out.box = one.box;
      out.confidence = one.confidence;
      out.suspect = one.suspect;
    } else {
      join(out, one);
    }
  }
  out.value = out.text;
  return out;
}

DocumentField fieldOf(const std::vector<const FieldLine*>& lines, int page) {
  DocumentField out;
  for (const FieldLine* line : lines) {
    const DocumentField one = fieldOf(*line, 0, line->words.size(), page);
    if (out.page == 0) {
      out = one;
    } else {
      join(out, one);
    }
  }
  out.value = out.text;
  return out;
}

DocumentField withoutSpecks(DocumentField field) {
  const auto isSpeck = [](char c) {
    const auto u = static_cast<unsigned char>(c);
    return u < 0x80 && !std::isalnum(u) && c != '(' && c != ')';
  };
  std::string& value = field.value;
  while (!value.empty() && isSpeck(value.front())) value.erase(0, 1);
  while (!value.empty() && isSpeck(value.back())) value.pop_back();
  return field;
}

void join(DocumentField& field, const DocumentField& more) {
  const int right = std::max(field.box.right(), more.box.right());
  const int bottom = std::max(field.box.bottom(), more.box.bottom());
  field.box.x = std::min(field.box.x, more.box.x);
  field.box.y = std::min(field.box.y, more.box.y);
  field.box.width = right - field.box.x;
  field.box.height = bottom - field.box.y;
  field.text += ' ' + more.text;
  field.confidence = std::min(field.confidence, more.confidence);
  field.suspect = field.suspect || more.suspect;
}

}  // namespace sohoa
