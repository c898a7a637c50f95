#include "ocr/fields/field_heading.h"

#include <algorithm>

#include "ocr/language/document_grammar.h"
#include "ocr/language/document_vocabulary.h"
#include "ocr/language/folded_text.h"

namespace sohoa {
namespace {

constexpr double kHeadingPart = 0.42;  ///< of the page's height

bool near(std::string_view folded, std::string_view wanted, double tolerance) {
  return difference(folded, wanted) <= tolerance;
}

bool isNational(const FieldLine& line) {
  return near(line.folded, "CONG HOA XA HOI CHU NGHIA VIET NAM", 0.3);
}
bool isMotto(const FieldLine& line) {
  return near(line.folded, "DOC LAP - TU DO - HANH PHUC", 0.3);
}

/// Digits after word `from` and before `to`; those that cling to it ("ngày15") count.
std::string digitsOf(const FieldLine& line, std::size_t from, std::size_t to, std::string_view name,
                     bool& odd) {
  std::string digits;
  for (std::size_t i = from; i < to; ++i) {
    std::string text = foldCapitals(line.words[i].word->text);
    if (i == from) text = text.starts_with(name) ? text.substr(name.size()) : "";
    for (const char c : text) {
      if (c >= '0' && c <= '9') {
        digits += c;
      } else if (std::isalpha(static_cast<unsigned char>(c)) || c == '?') {
        odd = true;
      }
    }
  }
  return digits;
}

const HeadingSlot* slotOf(const std::vector<HeadingSlot>& slots, HeadingSlot::Kind kind) {
  for (const HeadingSlot& slot : slots) {
    if (slot.kind == kind) return &slot;
  }
  return nullptr;
}

constexpr double kByHand = 0.5;
bool isByHand(const HeadingSlot* slot) { return slot && slot->pen >= kByHand; }

PixelBox joined(const PixelBox& a, const PixelBox& b) {
  const int x = std::min(a.x, b.x), y = std::min(a.y, b.y);
  return {x, y, std::max(a.right(), b.right()) - x, std::max(a.bottom(), b.bottom()) - y};
}

void readNumber(const FieldLine& line, std::size_t after, const std::vector<HeadingSlot>& slots,
                int page, FieldMap& fields) {
  DocumentField number = fieldOf(line, 0, line.words.size(), page);
  std::string text;
  const std::string& first = line.words.front().word->text;
  if (const auto colon = first.find(':'); after == 1 && colon != std::string::npos) {
    text = first.substr(colon + 1);
  }
  double confidence = 1;
  bool suspect = false;
  for (std::size_t i = after; i < line.words.size(); ++i) {
    text += line.words[i].word->text;
    confidence = std::min(confidence, line.words[i].word->confidence);
    suspect = suspect || line.words[i].word->suspect;
  }
  number.confidence = confidence;
  const auto parts = parseNumber(text);
  const HeadingSlot* slot = slotOf(slots, HeadingSlot::Kind::number);
  const bool digits = parts && std::any_of(parts->number.begin(), parts->number.end(),
                                           [](char c) { return c >= '0' && c <= '9'; });
  if (parts && !parts->symbol.empty()) {
    DocumentField symbol = number;
    symbol.value = parts->symbol;
    symbol.suspect = suspect;
    fields[std::string(field::kSymbol)] = std::move(symbol);
  }
  // A symbol without a readable number means that the number was filled in by hand.
  const bool symbolAlone = parts && !parts->wellFormed && text.find_first_of("/-") != text.npos;
  number.byHand = isByHand(slot) || !digits || symbolAlone;
  number.suspect = !number.byHand && (suspect || !parts->wellFormed);
  number.value = number.byHand ? "" : numberText(*parts);
  if (slot) number.box = joined(number.box, slot->box);
  fields[std::string(field::kNumber)] = std::move(number);
}

void readDate(const FieldLine& line, const DateWords& at, const std::vector<HeadingSlot>& slots,
              int page, FieldMap& fields) {
  if (at.day > 0) {
    DocumentField place = fieldOf(line, 0, at.day, page);
    while (!place.value.empty() && (place.value.back() == ',' || place.value.back() == '.' ||
                                    place.value.back() == ' ' || place.value.back() == ';'))
      place.value.pop_back();
    if (!place.value.empty()) fields[std::string(field::kPlace)] = std::move(place);
  }
  DocumentField date = fieldOf(line, at.day, at.end, page);
  const HeadingSlot* daySlot = slotOf(slots, HeadingSlot::Kind::day);
  const HeadingSlot* monthSlot = slotOf(slots, HeadingSlot::Kind::month);
  bool odd = false;
  const std::string day = digitsOf(line, at.day, at.month, "NGAY", odd);
  const std::string month = digitsOf(line, at.month, at.year, "THANG", odd);
  const std::string year = digitsOf(line, at.year, at.end, "NAM", odd);
  date.byHand =
      isByHand(daySlot) || isByHand(monthSlot) || (day.empty() && !odd) || (month.empty() && !odd);
  date.value.clear();
  if (!date.byHand) {
    const auto parsed = odd ? std::nullopt : parseDay(day, month, year);
    if (parsed) date.value = isoDay(*parsed);
    date.suspect = date.suspect || !parsed;
  }
  for (const HeadingSlot* slot : {daySlot, monthSlot}) {
    if (slot) date.box = joined(date.box, slot->box);
  }
  fields[std::string(field::kDate)] = std::move(date);
}

/// The lines of the left column above `until`, as agencies: the last one issues.
void readAgencies(const FieldPage& lines, double leftEdge, double until, int page,
                  FieldMap& fields) {
  std::vector<std::vector<const FieldLine*>> agencies;
  for (const FieldLine& line : lines.lines) {
    if (line.base > until || line.left >= leftEdge || line.right > leftEdge + 0.1 * lines.width)
      continue;
    const auto letters = std::count_if(line.folded.begin(), line.folded.end(), [](char c) {
      return std::isalpha(static_cast<unsigned char>(c));
    });
    if (letters < 3 || !isCapitals(line.text, 0.7)) continue;
    const bool goesOn =
        !agencies.empty() && (continuesAgency(agencies.back().back()->folded, line.folded) ||
                              !beginsAgency(line.folded));
    if (!goesOn) agencies.emplace_back();
    agencies.back().push_back(&line);
  }
  if (agencies.empty()) return;
  fields[std::string(field::kAgency)] = withoutSpecks(fieldOf(agencies.back(), page));
  if (agencies.size() > 1) {
    std::vector<const FieldLine*> superior;
    for (std::size_t i = 0; i + 1 < agencies.size(); ++i) {
      superior.insert(superior.end(), agencies[i].begin(), agencies[i].end());
    }
    fields[std::string(field::kSuperiorAgency)] = withoutSpecks(fieldOf(superior, page));
  }
}

/// "V/v …" below the number: the abstract of a letter.
void readLetterAbstract(const FieldPage& lines, double leftEdge, const FieldLine& number, int page,
                        FieldMap& fields) {
  std::vector<const FieldLine*> found;
  double last = number.base;
  for (const FieldLine& line : lines.lines) {
    if (line.base <= number.base + 0.3 * number.height || line.left >= leftEdge) continue;
    if (line.right > leftEdge + 0.12 * lines.width) continue;
    if (line.base - last > 3.2 * std::max(line.height, number.height)) break;
    if (found.empty()) {
      const bool opens = line.folded.starts_with("V/V") || line.folded.starts_with("VE VIEC") ||
                         line.folded.starts_with("V/ V") || line.folded.starts_with("VV ");
      if (!opens) continue;
    } else if (beginsBody(line.folded) || line.base - last > 1.9 * line.height) {
      break;
    }
    found.push_back(&line);
    last = line.base;
  }
  if (!found.empty()) fields[std::string(field::kAbstract)] = fieldOf(found, page);
}

}  // namespace

double headingColumn(const FieldPage& lines, bool& found, double& bottom) {
  double edge = lines.width;
  found = false;
  bottom = 0;
  for (const FieldLine& line : lines.lines) {
    if (line.base > kHeadingPart * lines.height) break;
    if (!isNational(line) && !isMotto(line)) continue;
    if (isNational(line)) edge = std::min(edge, line.left);
    if (isMotto(line) && edge == lines.width) edge = line.left;
    bottom = std::max(bottom, line.base);
    found = true;
  }
  // On a form the national name stands in the middle: nothing is left of it.
  if (!found || edge < 0.3 * lines.width) return 0;
  return edge;
}

std::optional<DateWords> findDate(const FieldLine& line) {
  std::vector<std::string> folded;
  for (const FieldWord& w : line.words) folded.push_back(foldCapitals(w.word->text));
  const auto find = [&](std::string_view wanted, std::size_t from, std::size_t to,
                        double tolerance) {
    for (std::size_t i = from; i < to; ++i) {
      std::string_view word = folded[i];
      while (!word.empty() && (word.back() == ',' || word.back() == '.')) word.remove_suffix(1);
      if (near(word, wanted, tolerance)) return i;
    }
    return to;
  };
  const std::size_t n = folded.size();
  for (std::size_t from = 0; from < n;) {
    const std::size_t month = find("THANG", from, n, 0.4);
    if (month == n) return std::nullopt;
    const std::size_t year = find("NAM", month + 1, std::min(n, month + 5), 0.34);
    std::size_t day = month;
    for (std::size_t i = month; i-- > (month > 4 ? month - 4 : 0);) {
      if (near(folded[i], "NGAY", 0.5) || folded[i].starts_with("NGAY")) {
        day = i;
        break;
      }
    }
    if (day < month && year < std::min(n, month + 5)) {
      return DateWords{day, month, year, std::min(n, year + 2)};
    }
    from = month + 1;
  }
  return std::nullopt;
}

const FieldLine* findNumberLine(const FieldPage& lines, double leftEdge, std::size_t& after) {
  for (const FieldLine& line : lines.lines) {
    if (line.base > kHeadingPart * lines.height) break;
    if (line.left >= leftEdge || line.folded.size() < 3) continue;
    const std::string first = foldCapitals(line.words.front().word->text);
    const bool slash = line.text.find('/') != std::string::npos;
    // "Sế:" and the like, when a symbol follows.
    const bool misread = slash && first.size() > 2 && first[0] == 'S' && first[2] == ':';
    if (!first.starts_with("SO") && !first.starts_with("S0") && !misread) continue;
    const bool colon = first.find(':') != std::string::npos ||
                       (line.words.size() > 1 && line.words[1].word->text == ":");
    const bool digit = first.size() > 2 && first[2] >= '0' && first[2] <= '9';
    if (!colon && !digit && !(slash && !isCapitals(line.words.front().word->text, 0.9))) continue;
    after = 1;
    return &line;
  }
  return nullptr;
}

std::optional<std::pair<const FieldLine*, DateWords>> findHeadingDate(const FieldPage& lines,
                                                                      double leftEdge) {
  for (const FieldLine& line : lines.lines) {
    if (line.base > kHeadingPart * lines.height) break;
    const auto date = findDate(line);
    // A date of the heading ends its line and has a short place before it; others are in sentences.
    if (!date || date->day > 8 || date->end + 1 < line.words.size() || beginsBody(line.folded))
      continue;
    if (line.left < (leftEdge > 0 ? leftEdge - 0.08 * lines.width : 0.2 * lines.width)) continue;
    return std::pair{&line, *date};
  }
  return std::nullopt;
}

FieldHeading readHeading(const FieldPage& lines, const std::vector<HeadingSlot>& slots, int page) {
  FieldHeading heading;
  heading.leftEdge = headingColumn(lines, heading.found, heading.bottom);
  if (!heading.found) return heading;
  const FieldLine* number = nullptr;
  if (heading.leftEdge > 0) {
    std::size_t after = 0;
    number = findNumberLine(lines, heading.leftEdge, after);
    if (number) {
      readNumber(*number, after, slots, page, heading.fields);
      heading.bottom = std::max(heading.bottom, number->base);
      readLetterAbstract(lines, heading.leftEdge, *number, page, heading.fields);
    }
  }
  if (const auto date = findHeadingDate(lines, heading.leftEdge)) {
    readDate(*date->first, date->second, slots, page, heading.fields);
    heading.bottom = std::max(heading.bottom, date->first->base);
  }
  if (heading.leftEdge > 0) {
    const double until =
        number ? number->base - 0.5 * number->height : heading.bottom + 0.2 * 0.05 * lines.height;
    readAgencies(lines, heading.leftEdge, until, page, heading.fields);
  }
  return heading;
}

void readClosingDate(const FieldPage& lines, const std::vector<HeadingSlot>& slots, int page,
                     FieldMap& fields) {
  for (std::size_t i = lines.lines.size(); i-- > 0;) {
    const FieldLine& line = lines.lines[i];
    const auto date = findDate(line);
    if (!date || date->day > 8 || date->end + 1 < line.words.size()) continue;
    if (line.centre() < 0.5 * lines.width || line.left < 0.25 * lines.width) continue;
    readDate(line, *date, slots, page, fields);
    return;
  }
}

}  // namespace sohoa
