#include "ocr/field_signer.h"

#include <algorithm>

#include "ocr/field_grammar.h"
#include "ocr/syllable.h"

namespace sohoa {
namespace {

/// Strokes of the signature or the seal beside a line come out as a sign or two: ends of a line
/// that are no syllable, no abbreviation and no prefix are left out.
FieldLine tidied(const FieldLine& line) {
  const auto isStroke = [](const FieldWord& w) {
    const std::string folded = foldCapitals(w.word->text);
    const auto letters = std::count_if(folded.begin(), folded.end(), [](char c) {
      return std::isalpha(static_cast<unsigned char>(c));
    });
    if (letters == 0) return true;
    if (hasAuthorityPrefix(folded + " XX")) return false;
    return letters <= 2 && (!isLegalSyllable(w.word->text) || w.word->confidence < 0.6);
  };
  FieldLine out = line;
  while (out.words.size() > 1 && isStroke(out.words.front())) out.words.erase(out.words.begin());
  while (out.words.size() > 1 && isStroke(out.words.back())) out.words.pop_back();
  out.left = out.words.front().left;
  out.right = out.words.back().right;
  out.text.clear();
  for (const FieldWord& w : out.words) out.text += (out.text.empty() ? "" : " ") + w.word->text;
  out.folded = foldCapitals(out.text);
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

/// Lines of the block that begins with `first`, straight below it and close together.
std::vector<const FieldLine*> headingFrom(const FieldPage& page, std::size_t first) {
  std::vector<const FieldLine*> block = {&page.lines[first]};
  for (std::size_t i = first + 1; i < page.lines.size(); ++i) {
    const FieldLine& next = page.lines[i];
    const FieldLine& last = *block.back();
    if (next.base - last.base > 2.0 * last.height) break;
    if (next.base - last.base < 0.4 * last.height) continue;
    if (std::abs(next.centre() - last.centre()) > 0.06 * page.width) continue;
    if (!isCapitals(next.text, 0.9)) break;
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
  if (!authority.empty()) fields[std::string(field::kAuthority)] = fieldOf(authority, number);
  if (!title.empty()) fields[std::string(field::kSignerTitle)] = withoutSpecks(fieldOf(title, number));
  if (chosen->name) {
    fields[std::string(field::kSigner)] =
        withoutSpecks(fieldOf(*chosen->name, 0, chosen->name->words.size(), number));
  }
  return true;
}

}  // namespace sohoa
