#include "ocr/fields/heading_slots.h"

#include <algorithm>
#include <cmath>

#include "ocr/fields/field_heading.h"
#include "ocr/language/folded_text.h"

namespace sohoa {
namespace {

/// Part of a line on the clean page.
struct Stretch {
  double left = 0, right = 0, base = 0;
};

double usualWidth(char32_t c) {  // of a serif face, in heights of a capital
  if (c >= U'0' && c <= U'9') return 0.75;
  if (c == U'/' || c == U'-' || c == U'.') return 0.45;
  return 1.05;
}

double usualWidth(std::string_view folded) {
  double width = 0;
  for (const char c : folded)
    width += usualWidth(static_cast<char32_t>(static_cast<unsigned char>(c)));
  return width;
}

/// x where the part of a word from its n-th folded character begins.
double xOf(const FieldWord& word, std::string_view folded, std::size_t n) {
  const double whole = usualWidth(folded);
  const double share = whole > 0 ? usualWidth(folded.substr(0, n)) / whole : 0;
  return word.left + share * (word.right - word.left);
}

struct Ink {
  std::vector<const Component*> signs;  ///< large enough for a sign, left to right
  double left = 0, right = 0;
  double height = 0, stroke = 0, darkness = 0;  ///< medians
};

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

class Judge {
 public:
  Judge(const Sheet& sheet, const Affine& uprightToClean) : sheet_(sheet), map_(uprightToClean) {}

  Stretch onClean(double left, double right, double base) const {
    return {map_.x(left, base), map_.x(right, base), map_.y((left + right) / 2, base)};
  }

  Ink inkOf(const Stretch& at, double letter) const {
    Ink ink;
    for (const Component& c : sheet_.components.all) {
      if (c.centreX() < at.left || c.centreX() > at.right) continue;
      if (c.bottom < at.base - 1.7 * letter || c.top > at.base + 0.7 * letter) continue;
      if (c.centreY() > at.base + 0.45 * letter || c.centreY() < at.base - 1.6 * letter) continue;
      if (c.height() < 0.45 * letter || c.height() > 3.2 * letter) continue;
      ink.signs.push_back(&c);
    }
    std::sort(ink.signs.begin(), ink.signs.end(),
              [](const Component* a, const Component* b) { return a->left < b->left; });
    std::vector<double> heights, strokes, greys;
    for (const Component* c : ink.signs) {
      heights.push_back(c->height());
      strokes.push_back(static_cast<double>(c->area) / std::max(1, c->runs));
      greys.push_back(greyOf(*c));
    }
    ink.height = median(heights);
    ink.stroke = median(strokes);
    ink.darkness = median(greys);
    if (!ink.signs.empty()) {
      ink.left = ink.signs.front()->left;
      for (const Component* c : ink.signs) ink.right = std::max<double>(ink.right, c->right);
    }
    return ink;
  }

 private:
  double greyOf(const Component& c) const {
    long sum = 0, count = 0;
    for (int i = c.firstRun; i < c.firstRun + c.runs; ++i) {
      const Run& run = sheet_.components.runs[static_cast<std::size_t>(i)];
      const std::uint8_t* row = sheet_.clean.grey.row(run.y);
      for (int x = run.x0; x < run.x1; ++x) sum += row[x];
      count += run.length();
    }
    return count > 0 ? static_cast<double>(sum) / static_cast<double>(count) / 255 : 0;
  }

  const Sheet& sheet_;
  Affine map_;
};

/// Coloured ink in a box.
struct Tint {
  int inked = 0;  ///< cells
  int all = 0;
  double share() const { return all > 0 ? static_cast<double>(inked) / all : 0; }
};

Tint tintOf(const Plane& tint, const DecodedPage& decoded, const PixelBox& box) {
  Tint found;
  if (tint.empty() || box.width <= 0 || box.height <= 0) return found;
  const auto cell = [](double v, double scale, int limit) {
    return std::clamp(static_cast<int>(v * scale) / kTintCell, 0, limit - 1);
  };
  for (int y = cell(box.y, decoded.scaleY, tint.height);
       y <= cell(box.bottom(), decoded.scaleY, tint.height); ++y) {
    for (int x = cell(box.x, decoded.scaleX, tint.width);
         x <= cell(box.right(), decoded.scaleX, tint.width); ++x) {
      ++found.all;
      found.inked += tint.row(y)[x] >= 30 ? 1 : 0;
    }
  }
  return found;
}

/// Ink of another colour than the print beside it: a few strokes of a thin pen are enough.
bool isColoured(const Plane& tint, const DecodedPage& decoded, const PixelBox& box,
                const PixelBox& beside) {
  constexpr int kStrokes = 6;  // cells; a printed digit would cover about ten
  const Tint in = tintOf(tint, decoded, box);
  return in.inked >= kStrokes && in.share() > 2.5 * tintOf(tint, decoded, beside).share();
}

struct Place {
  HeadingSlot::Kind kind;
  double left, right, base, height;  ///< upright page
  double refLeft, refRight;          ///< printed signs beside it: symbol, or year
  double spaces;                     ///< usual spaces in the slot, in heights of a capital
  std::string text;                  ///< what was read there, folded
  double confidence = 1;
};

void addWords(Place& place, const FieldLine& line, std::size_t from, std::size_t to) {
  for (std::size_t i = from; i < to; ++i) {
    place.text += foldCapitals(line.words[i].word->text);
    place.confidence = std::min(place.confidence, line.words[i].word->confidence);
  }
}

std::optional<Place> numberPlace(const FieldLine& line) {
  const FieldWord& first = line.words.front();
  const std::string head = foldCapitals(first.word->text);
  double left = first.right;
  std::string inFirst;
  if (const auto colon = head.find(':'); colon != std::string::npos && colon + 1 < head.size()) {
    left = xOf(first, head, colon + 1);
    inFirst = head.substr(colon + 1);
  } else if (line.words.size() > 1 && line.words[1].word->text == ":") {
    left = line.words[1].right;
  }
  // A pen's stroke may read as a slash: the one before the symbol's capitals counts.
  const auto beforeSymbol = [](const std::string& folded) {
    for (std::size_t at = folded.find('/'); at != std::string::npos;
         at = folded.find('/', at + 1)) {
      if (at + 1 < folded.size() && folded[at + 1] >= 'A' && folded[at + 1] <= 'Z') return at;
    }
    return std::string::npos;
  };
  const bool symbol = std::any_of(line.words.begin(), line.words.end(), [&](const FieldWord& w) {
    return beforeSymbol(foldCapitals(w.word->text)) != std::string::npos;
  });
  for (std::size_t i = 0; i < line.words.size(); ++i) {
    const std::string folded = foldCapitals(line.words[i].word->text);
    std::size_t slash = symbol ? beforeSymbol(folded) : folded.find('/');
    // "07/2021/QĐ-UBND": the year belongs to what was printed.
    if (symbol && slash != std::string::npos && slash >= 5 && folded[slash - 5] == '/' &&
        folded.find_first_not_of("0123456789", slash - 4) == slash) {
      slash -= 5;
    }
    if (slash == std::string::npos) continue;
    Place place{HeadingSlot::Kind::number,
                left,
                xOf(line.words[i], folded, slash),
                line.base,
                line.height,
                xOf(line.words[i], folded, slash + 1),
                line.words.back().right,
                0.35,
                inFirst,
                1};
    if (i == 0) {
      place.text = inFirst.substr(0, inFirst.find('/'));
    } else {
      addWords(place, line, 1, i);
      place.text += folded.substr(0, slash);
      if (slash > 0) place.confidence = std::min(place.confidence, line.words[i].word->confidence);
    }
    if (place.right <= place.left) place.right = place.left + 1;
    return place;
  }
  return std::nullopt;
}

std::vector<Place> datePlaces(const FieldLine& line, const DateWords& at) {
  const auto& w = line.words;
  std::vector<Place> places;
  if (at.year + 1 >= w.size()) return places;
  const auto add = [&](HeadingSlot::Kind kind, std::size_t from, std::size_t to) {
    Place place{kind,
                w[from].right,
                w[to].left,
                line.base,
                line.height,
                w[at.year + 1].left,
                w[at.year + 1].right,
                0.8,
                "",
                1};
    addWords(place, line, from + 1, to);
    places.push_back(std::move(place));
  };
  add(HeadingSlot::Kind::day, at.day, at.month);
  add(HeadingSlot::Kind::month, at.month, at.year);
  return places;
}

SlotEvidence weigh(const Place& place, const Stretch& at, const Ink& ink, const Ink& reference) {
  SlotEvidence e;
  const double h = reference.height;
  double tallest = 0, shortest = 1e9;
  for (const Component* c : ink.signs) {
    e.height += std::abs(c->height() / h - 1) / static_cast<double>(ink.signs.size());
    e.base = std::max(e.base, std::abs(c->bottom - at.base) / h);
    e.joined = std::max(e.joined, c->width() / h - 0.8);
    tallest = std::max<double>(tallest, c->height());
    shortest = std::min<double>(shortest, c->height());
  }
  e.joined = std::max(e.joined, 0.0);
  e.uneven = (tallest - shortest) / h;
  e.room = std::max(0.0, ((at.right - at.left) - (ink.right - ink.left)) / h - place.spaces);
  e.stroke = std::abs(std::log(std::max(ink.stroke, 0.5) / std::max(reference.stroke, 0.5)));
  e.darkness = std::abs(ink.darkness - reference.darkness);
  const auto digits = std::count_if(place.text.begin(), place.text.end(),
                                    [](char c) { return c >= '0' && c <= '9'; });
  e.unread = place.text.empty()
                 ? 1
                 : 1 - static_cast<double>(digits) / static_cast<double>(place.text.size());
  e.doubt = place.text.empty() ? 1 : 1 - place.confidence;
  return e;
}

HeadingSlot judged(const Place& place, const Judge& judge, const FieldPage& page,
                   const PageReading& reading, const DecodedPage& decoded, double letterShare) {
  HeadingSlot slot;
  slot.kind = place.kind;
  const double up = 0.95 * place.height, down = 0.25 * place.height;
  slot.box = mapBox(page.toScan, place.left, place.base - up, place.right, place.base + down,
                    reading.width, reading.height);
  const PixelBox beside = mapBox(page.toScan, place.refLeft, place.base - up, place.refRight,
                                 place.base + down, reading.width, reading.height);
  const Stretch at = judge.onClean(place.left, place.right, place.base);
  const double letter = letterShare * place.height;
  const Ink reference =
      judge.inkOf(judge.onClean(place.refLeft, place.refRight, place.base), letter);
  const Ink ink = judge.inkOf(at, reference.signs.empty() ? letter : reference.height);
  const bool coloured = isColoured(decoded.red, decoded, slot.box, beside) ||
                        isColoured(decoded.blue, decoded, slot.box, beside);
  slot.filled = !ink.signs.empty() || !place.text.empty() || coloured;
  if (coloured) {
    slot.pen = 0.99;
    return slot;
  }
  if (reference.signs.empty()) return slot;
  if (ink.signs.empty()) {
    // Left open, dotted, or too pale for this copy; digits in a narrow place have run into a rule.
    const bool digits = place.text.find_first_of("0123456789") != std::string::npos;
    const bool narrow = at.right - at.left < 2.5 * reference.height;
    slot.pen = digits && narrow ? 0 : 1;
    return slot;
  }
  const SlotEvidence evidence = weigh(place, at, ink, reference);
  slot.pen = penLikelihood(evidence);
  return slot;
}

}  // namespace

double penLikelihood(const SlotEvidence& e) {
  // Logistic regression over slots of twelve pens and four typefaces; see ocr/README.md.
  const double sum = -7 + 9.8 * std::min(e.height, 1.0) + 23.5 * std::min(e.base, 0.4) +
                     1.95 * std::min(e.room, 4.0) + 7.3 * std::min(e.stroke, 1.0) +
                     12.9 * std::min(e.darkness, 0.5) + 1.3 * std::min(e.joined, 2.0) +
                     2.9 * e.unread + 2.5 * e.doubt + 5.8 * std::min(e.uneven, 1.5);
  return 1 / (1 + std::exp(-sum));
}

std::vector<HeadingSlot> findHeadingSlots(const PageReading& reading, const Sheet& sheet,
                                          const Affine& toScan, const DecodedPage& decoded) {
  std::vector<HeadingSlot> slots;
  const FieldPage page = fieldPage(reading);
  bool found = false;
  double bottom = 0;
  const double edge = headingColumn(page, found, bottom);
  if (!found) return slots;
  const Judge judge(sheet, toScan.inverse().after(page.toScan));
  constexpr double kCapital = 0.7;  // of ascender to descender
  std::size_t after = 0;
  if (const FieldLine* line = edge > 0 ? findNumberLine(page, edge, after) : nullptr) {
    if (const auto place = numberPlace(*line)) {
      slots.push_back(judged(*place, judge, page, reading, decoded, kCapital));
    }
  }
  if (const auto line = findHeadingDate(page, edge)) {
    for (const Place& place : datePlaces(*line->first, line->second)) {
      slots.push_back(judged(place, judge, page, reading, decoded, kCapital));
    }
  }
  return slots;
}

}  // namespace sohoa
