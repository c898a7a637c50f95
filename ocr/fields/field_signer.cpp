#include "ocr/fields/field_signer.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "ocr/language/document_grammar.h"
#include "ocr/language/document_vocabulary.h"
#include "ocr/language/folded_text.h"
#include "ocr/language/syllable.h"

namespace sohoa {
namespace {

std::string withoutMarksBefore(const std::string& folded) {
  const auto letter = std::find_if(folded.begin(), folded.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0;
  });
  return {letter, folded.end()};
}

/// Strokes of the signature or the seal beside a line come out as a sign or two: ends of a line
/// that are no syllable, no abbreviation and no prefix are left out.
FieldLine tidied(const FieldLine& line) {
  const auto isStroke = [](const FieldWord& w) {
    const std::string folded = withoutMarksBefore(foldCapitals(w.word->text));
    const auto letters = std::count_if(folded.begin(), folded.end(), [](char c) {
      return std::isalpha(static_cast<unsigned char>(c));
    });
    if (letters == 0) return true;
    if (hasAuthorityPrefix(folded + " XX")) return false;
    const bool doubtful = w.word->confidence < 0.6;
    if (!isLegalSyllable(w.word->text)) return letters <= 2 || doubtful;
    return letters <= 2 && doubtful;
  };
  FieldLine out = line;
  while (out.words.size() > 1 && isStroke(out.words.front())) out.words.erase(out.words.begin());
  while (out.words.size() > 1 && isStroke(out.words.back())) out.words.pop_back();
  out.left = out.words.front().left;
  out.right = out.words.back().right;
  out.text.clear();
  for (const FieldWord& w : out.words) out.text += (out.text.empty() ? "" : " ") + w.word->text;
  out.folded = withoutMarksBefore(foldCapitals(out.text));
  return out;
}

/// "KT: CHỦ TỊCH", "-KT CHỦ TỊCH": the prefixes of authority end in a full stop (NĐ 30/2020, Annex
/// I, II.7.a), and strokes cling to the letters under a signature.
std::string withStops(const std::string& authority) {
  static constexpr std::array<std::string_view, 5> kPrefixes = {"TM", "KT", "TL", "TUQ", "Q"};
  std::string out;
  std::size_t at = 0;
  while (at < authority.size()) {
    const std::size_t end = std::min(authority.find(' ', at), authority.size());
    std::string word = authority.substr(at, end - at);
    while (word.size() > 1 &&
           std::string_view("-.,'\"*~_|").find(word.front()) != std::string::npos)
      word.erase(0, 1);
    std::string_view letters = word;
    while (!letters.empty() && std::string_view(":;,.").find(letters.back()) != std::string::npos)
      letters.remove_suffix(1);
    if (std::find(kPrefixes.begin(), kPrefixes.end(), letters) != kPrefixes.end())
      word = std::string(letters) + '.';
    out += (out.empty() ? "" : " ") + word;
    at = end + 1;
  }
  return out;
}

FieldPage tidied(const FieldPage& page) {
  FieldPage out = page;
  for (FieldLine& line : out.lines) line = tidied(line);
  std::erase_if(out.lines, [](const FieldLine& line) { return line.folded.size() < 4; });
  return out;
}

bool isHeading(const FieldLine& line) {
  if (hasAuthorityPrefix(line.folded) && isCapitals(line.text, 0.7)) return true;
  if (!beginsSignerTitle(line.folded)) return false;
  return isCapitals(line.text, 0.8) || line.words.size() <= 4;
}

/// Strokes of a signature below the title come out as capitals too: "VVWAS".
bool hasSyllable(const FieldLine& line) {
  return std::any_of(line.words.begin(), line.words.end(), [](const FieldWord& w) {
    return w.word->confidence >= 0.6 && isLegalSyllable(w.word->text);
  });
}

/// Lines of the block that begins with `first`, straight below it and close together.
std::vector<const FieldLine*> headingFrom(const FieldPage& page, std::size_t first) {
  std::vector<const FieldLine*> block = {&page.lines[first]};
  for (std::size_t i = first + 1; i < page.lines.size(); ++i) {
    const FieldLine& next = page.lines[i];
    const FieldLine& last = *block.back();
    if (next.base - last.base > 2.0 * last.height) break;
    if (next.base - last.base < 0.4 * last.height) continue;
    if (std::abs(next.centre() - last.centre()) > 0.06 * page.width) continue;
    if (!isCapitals(next.text, 0.9) || !hasSyllable(next)) break;
    block.push_back(&next);
  }
  return block;
}

const FieldLine* nameBelow(const FieldPage& page, const FieldLine& heading) {
  const FieldLine* best = nullptr;
  for (const FieldLine& line : page.lines) {
    const double below = line.base - heading.base;
    if (below < 0.9 * heading.height || below > 14 * heading.height) continue;
    if (std::abs(line.centre() - heading.centre()) > 0.11 * page.width) continue;
    if (!looksLikeName(line.text)) continue;
    // The signature may give a few signs; the name is the lowest.
    if (isCapitals(line.text, 0.95) && best) continue;
    best = &line;
  }
  return best;
}

/// What was taken for a stroke stands a space before the name: it may be the family name, unread.
bool lacksWord(const FieldPage& whole, const FieldLine& name) {
  const FieldWord& first = name.words.front();
  return std::any_of(whole.lines.begin(), whole.lines.end(), [&](const FieldLine& line) {
    for (std::size_t i = 1; i < line.words.size(); ++i) {
      if (line.words[i].word == first.word)
        return first.left - line.words[i - 1].right < 0.6 * first.height;
    }
    return false;
  });
}

}  // namespace

bool readSigner(const FieldPage& whole, double top, int number, FieldMap& fields) {
  const FieldPage page = tidied(whole);
  struct Found {
    std::vector<const FieldLine*> heading;
    const FieldLine* name = nullptr;
  };
  std::optional<Found> chosen;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    const FieldLine& line = page.lines[i];
    if (line.base <= top + line.height || line.centre() < 0.45 * page.width || !isHeading(line))
      continue;
    const bool within = chosen && std::find(chosen->heading.begin(), chosen->heading.end(),
                                            &line) != chosen->heading.end();
    if (within) continue;
    Found found{headingFrom(page, i), nullptr};
    found.name = nameBelow(page, *found.heading.back());
    // An issuer's line in the middle of the page has no name below it, and no prefix.
    const bool prefix = hasAuthorityPrefix(line.folded);
    if (!found.name && !prefix && line.centre() < 0.55 * page.width) continue;
    const bool rather = !chosen || (found.name && !chosen->name) ||
                        ((found.name != nullptr) == (chosen->name != nullptr) &&
                         (line.base > chosen->heading.front()->base + 2 * line.height ||
                          line.centre() > chosen->heading.front()->centre()));
    if (rather) chosen = std::move(found);
  }
  if (!chosen) return false;
  std::vector<const FieldLine*> authority, title;
  for (const FieldLine* line : chosen->heading) {
    const bool goesOn = title.empty() && !authority.empty() && !beginsSignerTitle(line->folded) &&
                        continuesAgency(authority.back()->folded, line->folded);
    (hasAuthorityPrefix(line->folded) || goesOn ? authority : title).push_back(line);
  }
  if (title.empty() && authority.size() == 1 && authority.front()->folded.starts_with("Q")) {
    title = authority;  // "Q. GIÁM ĐỐC": acting head; prefix and title in one line
  }
  if (!authority.empty()) {
    DocumentField field = fieldOf(authority, number);
    field.value = withStops(field.value);
    fields[std::string(field::kAuthority)] = std::move(field);
  }
  if (!title.empty()) {
    DocumentField field = withoutSpecks(fieldOf(title, number));
    field.value = withStops(field.value);
    fields[std::string(field::kSignerTitle)] = std::move(field);
  }
  if (chosen->name) {
    DocumentField name =
        withoutSpecks(fieldOf(*chosen->name, 0, chosen->name->words.size(), number));
    name.suspect = name.suspect || lacksWord(whole, *chosen->name);
    fields[std::string(field::kSigner)] = std::move(name);
  }
  return true;
}

}  // namespace sohoa
