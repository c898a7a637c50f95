#include "ocr/layout/layout.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "ocr/layout/segments.h"
#include "ocr/layout/tables.h"

namespace sohoa {
namespace {

using Segments = std::vector<Segment>;

bool sameLine(const Segment& a, const Segment& b) {
  const double overlap = std::min(a.base, b.base) - std::max(a.bandTop(), b.bandTop());
  return overlap > 0.5 * std::min(a.letter, b.letter);
}

/// A raised figure (m²) that stands beside its line's letters.
bool isRaised(const Segment& small, const Segment& line) {
  return small.right - small.left < 1.3 * line.letter && small.base < line.base &&
         small.base > line.base - 1.2 * line.letter && small.letter < 1.1 * line.letter;
}

/// A lowered figure (SO₂) beside its line's letters.
bool isLowered(const Segment& small, const Segment& line) {
  return small.right - small.left < 1.3 * line.letter && small.base > line.base &&
         small.base < line.base + 0.6 * line.letter && small.letter < 1.1 * line.letter;
}

/// Stretches of a line with ordinary gaps between them are read in one piece: the model reads a
/// word better with its neighbours in view.
void joinNeighbours(Segments& segments) {
  Segments joined;
  for (Segment& next : segments) {
    if (!joined.empty() &&
        next.left - joined.back().right < 2.6 * std::min(joined.back().letter, next.letter) &&
        (std::abs(next.base - joined.back().base) < 0.3 * next.letter ||
         isRaised(next, joined.back()) || isLowered(next, joined.back()))) {
      Segment& last = joined.back();
      // The longer stretch knows the line's measures better.
      if (next.parts.size() > last.parts.size()) {
        last.base = next.base;
        last.letter = next.letter;
      }
      last.parts.insert(last.parts.end(), next.parts.begin(), next.parts.end());
      last.left = std::min(last.left, next.left);
      last.right = std::max(last.right, next.right);
      last.top = std::min(last.top, next.top);
      last.bottom = std::max(last.bottom, next.bottom);
      continue;
    }
    joined.push_back(std::move(next));
  }
  segments = std::move(joined);
}

/// Segments side by side become lines, top to bottom.
std::vector<LayoutLine> linesOf(Segments segments) {
  std::sort(segments.begin(), segments.end(),
            [](const Segment& a, const Segment& b) { return a.base < b.base; });
  std::vector<LayoutLine> lines;
  for (Segment& segment : segments) {
    LayoutLine* home = nullptr;
    for (auto line = lines.rbegin(); line != lines.rend() && line - lines.rbegin() < 4; ++line) {
      const bool beside =
          std::all_of(line->segments.begin(), line->segments.end(), [&](const Segment& s) {
            // Raised figures stand among the letters of the stretch beside them.
            if (isRaised(s, segment) || isRaised(segment, s)) return true;
            return std::min(s.right, segment.right) - std::max(s.left, segment.left) <
                   0.5 * std::min(s.right - s.left, segment.right - segment.left);
          });
      // The widest segment speaks for the line: small ones (a comma, a dash) sit anywhere.
      const Segment& widest = *std::max_element(
          line->segments.begin(), line->segments.end(),
          [](const Segment& a, const Segment& b) { return a.right - a.left < b.right - b.left; });
      if (beside && (sameLine(widest, segment) || isLowered(segment, widest))) {
        home = &*line;
        break;
      }
    }
    if (home == nullptr) home = &lines.emplace_back();
    home->segments.push_back(std::move(segment));
  }
  for (LayoutLine& line : lines) {
    std::sort(line.segments.begin(), line.segments.end(),
              [](const Segment& a, const Segment& b) { return a.left < b.left; });
    joinNeighbours(line.segments);
  }
  std::sort(lines.begin(), lines.end(), [](const LayoutLine& a, const LayoutLine& b) {
    return a.segments.front().base < b.segments.front().base;
  });
  return lines;
}

/// What a gap must exceed to part columns: more than the gaps between words, which are wide in
/// typewriter faces and in justified lines.
double leastColumnGap(const Segments& segments, const Components& components, double letter) {
  std::vector<double> gaps;
  for (const Segment& s : segments) {
    int reach = -1;
    for (const int i : s.parts) {
      const Component& c = components.all[static_cast<std::size_t>(i)];
      if (reach >= 0 && c.left - reach > 0.4 * letter) gaps.push_back(c.left - reach);
      reach = std::max(reach, c.right);
    }
    double next = 2.6 * letter;
    for (const Segment& other : segments) {
      const double apart = other.left - s.right;
      if (apart >= 0 && std::abs(other.base - s.base) < 0.3 * letter) next = std::min(next, apart);
    }
    if (next < 2.6 * letter) gaps.push_back(next);
  }
  const double least = 1.25 * letter;
  if (gaps.size() < 20) return least;
  const auto wide = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() * 3 / 4);
  std::nth_element(gaps.begin(), wide, gaps.end());
  return std::max(least, 2.0 * *wide);
}

/// A horizontal band of the page without a line of white through it.
struct Strip {
  double top = 0, bottom = 0;
  Segments segments;
};

std::vector<Strip> stripsOf(Segments segments) {
  std::sort(segments.begin(), segments.end(),
            [](const Segment& a, const Segment& b) { return a.bandTop() < b.bandTop(); });
  std::vector<Strip> strips;
  for (Segment& segment : segments) {
    const double slack = 0.2 * segment.letter;
    if (strips.empty() || segment.bandTop() > strips.back().bottom - slack) {
      strips.push_back({segment.bandTop(), segment.base, {}});
    }
    Strip& strip = strips.back();
    strip.bottom = std::max(strip.bottom, segment.base);
    strip.segments.push_back(std::move(segment));
  }
  return strips;
}

/// The middle of the widest white column through strips [from, to] with text on both sides, or a
/// negative value. Stains and page edges come out as a letter or two: they are no side.
double widestGap(const std::vector<Strip>& strips, std::size_t from, std::size_t to, double least,
                 double letter) {
  std::vector<std::pair<int, int>> spans;
  int firstText = 1 << 30, lastText = -1;  // where the leftmost ends and the rightmost begins
  for (std::size_t i = from; i <= to; ++i) {
    for (const Segment& s : strips[i].segments) {
      spans.emplace_back(s.left, s.right);
      if (s.right - s.left < 3.0 * letter) continue;
      firstText = std::min(firstText, s.right);
      lastText = std::max(lastText, s.left);
    }
  }
  std::sort(spans.begin(), spans.end());
  double best = -1, bestWidth = least;
  int reach = spans.front().second;
  for (const auto& [left, right] : spans) {
    if (left - reach > bestWidth && firstText <= reach && lastText >= left) {
      bestWidth = left - reach;
      best = (left + reach) / 2.0;
    }
    reach = std::max(reach, right);
  }
  return best;
}

struct Sides {
  Segments left, right;
};

Sides split(const std::vector<Strip>& strips, std::size_t from, std::size_t to, double at) {
  Sides sides;
  for (std::size_t i = from; i <= to; ++i) {
    for (const Segment& s : strips[i].segments) {
      (s.centreX() < at ? sides.left : sides.right).push_back(s);
    }
  }
  return sides;
}

/// Rows whose cells share baselines all the way down are a list without rules, read row by row.
bool isAlignedList(const std::vector<Strip>& strips, std::size_t from, std::size_t to, double at) {
  int both = 0, rows = 0;
  for (std::size_t i = from; i <= to; ++i) {
    const Sides sides = split(strips, i, i, at);
    const auto left = linesOf(sides.left), right = linesOf(sides.right);
    if (left.size() > 1 || right.size() > 1) return false;
    ++rows;
    both += !left.empty() && !right.empty() ? 1 : 0;
  }
  return rows >= 3 && both * 10 >= rows * 7;
}

/// Strips [from, end] that share a white column at `at`.
struct Columns {
  std::size_t end = 0;
  double at = 0;
  bool rowByRow = false;  ///< a list without rules
  bool footer = false;    ///< no line of text below
};

class Orderer {
 public:
  /// `isLast`: nothing stands below on the page.
  Orderer(int letter, double columnGap, double pageTop, double pageBottom, bool isLast)
      : letter_(letter),
        columnGap_(columnGap),
        pageTop_(pageTop),
        pageBottom_(pageBottom),
        isLast_(isLast) {}

  /// `depth` 0 is the page; columns are looked into again, for two signers side by side.
  std::vector<LayoutBlock> order(Segments segments, int depth) const {
    std::vector<LayoutBlock> blocks;
    if (segments.empty()) return blocks;
    const std::vector<Strip> strips = stripsOf(std::move(segments));
    Segments body;
    auto flush = [&] {
      if (!body.empty()) blocks.push_back({linesOf(std::move(body))});
      body.clear();
    };
    for (std::size_t i = 0; i < strips.size();) {
      std::optional<Columns> columns;
      if (depth < 3) columns = columnsFrom(strips, i);
      if (columns && i + 1 < strips.size()) {
        // Handwritten initials next to the last body line do not start a column if the column of
        // the next strips is a longer footer.
        const auto next = columnsFrom(strips, i + 1);
        if (next && next->footer && !next->rowByRow && next->end > columns->end) columns.reset();
      }
      if (!columns || columns->rowByRow) {
        const std::size_t end = columns ? columns->end : i;
        for (; i <= end; ++i) {
          body.insert(body.end(), strips[i].segments.begin(), strips[i].segments.end());
        }
        continue;
      }
      flush();
      Sides sides = split(strips, i, columns->end, columns->at);
      for (Segments* side : {&sides.left, &sides.right}) {
        for (LayoutBlock& block : order(std::move(*side), depth + 1)) {
          blocks.push_back(std::move(block));
        }
      }
      i = columns->end + 1;
    }
    flush();
    return blocks;
  }

 private:
  std::optional<Columns> columnsFrom(const std::vector<Strip>& strips, std::size_t from) const {
    const double least = columnGap_;
    // A strip with text on one side only cannot begin columns.
    double at = widestGap(strips, from, from, least, letter_);
    if (at < 0) return std::nullopt;
    std::size_t end = from;
    for (std::size_t to = from + 1; to < strips.size(); ++to) {
      if (strips[to].top - strips[to - 1].bottom > 22.0 * letter_) break;
      const double narrower = widestGap(strips, from, to, least, letter_);
      if (narrower < 0) break;
      at = narrower;
      end = to;
    }
    // A list's rows all have both sides: what follows with one side only is not of it.
    std::size_t lastBoth = end;
    while (lastBoth > from && oneSided(strips, lastBoth, at)) --lastBoth;
    const bool footer = isLast_ && nothingBelow(strips, end);
    const bool header = atTop(strips[from]) && nothingAbove(strips, from);
    if (!header && isAlignedList(strips, from, lastBoth, at) &&
        (!footer || (lastBoth == end && lastBoth >= from + 2))) {
      return Columns{lastBoth, at, true, footer};
    }
    // Strips at the end that stand apart belong to what follows.
    while (end > from && (header || !footer) && oneSided(strips, end, at)) {
      const double apart = strips[end].top - strips[end - 1].bottom;
      if (apart < (header ? 2.2 : 12.0) * letter_) break;
      --end;
    }
    const Sides sides = split(strips, from, end, at);
    if (linesOf(sides.left).size() < 2 || linesOf(sides.right).size() < 2) {
      if (!footer) return std::nullopt;
    }
    if (header) return Columns{end, at, false, footer};
    bool uneven = false;
    for (std::size_t i = from; i <= end && !uneven; ++i) {
      const Sides one = split(strips, i, i, at);
      uneven = linesOf(one.left).size() > 1 || linesOf(one.right).size() > 1;
    }
    if (!footer && !uneven) return std::nullopt;
    return Columns{end, at, false, footer};
  }

  /// No line of text below strip `end`: a page number and specks do not count.
  bool nothingBelow(const std::vector<Strip>& strips, std::size_t end) const {
    for (std::size_t i = end + 1; i < strips.size(); ++i) {
      for (const Segment& s : strips[i].segments) {
        if (s.right - s.left > 8 * letter_) return false;
      }
    }
    return true;
  }

  /// No heading above strip `from`: the name of a form or a page number in a corner does not count.
  bool nothingAbove(const std::vector<Strip>& strips, std::size_t from) const {
    for (std::size_t i = 0; i < from; ++i) {
      for (const Segment& s : strips[i].segments) {
        if (s.right - s.left > 16 * letter_) return false;
      }
    }
    return true;
  }

  static bool oneSided(const std::vector<Strip>& strips, std::size_t i, double at) {
    const Sides sides = split(strips, i, i, at);
    return sides.left.empty() || sides.right.empty();
  }

  bool atTop(const Strip& strip) const {
    return strip.top < pageTop_ + 0.12 * (pageBottom_ - pageTop_);
  }

  double letter_, columnGap_;
  double pageTop_, pageBottom_;
  bool isLast_;
};

}  // namespace

Layout analyse(const Components& components, std::vector<Rule> rules, int letter) {
  Layout layout;
  layout.letter = letter;
  layout.rules = std::move(rules);
  layout.lineOf.assign(components.all.size(), -1);
  if (letter <= 0) return layout;
  Segments segments = findSegments(components, layout.rules, letter);
  for (const Segment& s : segments) {
    for (const int i : s.parts) {
      const Component& c = components.all[static_cast<std::size_t>(i)];
      if (c.height() > 0.6 * letter || c.width() > 0.8 * letter) continue;
      if (c.bottom <= s.bandTop() + 2) ++layout.marksAbove;
      if (c.top >= s.base - 1) ++layout.marksBelow;
    }
  }
  double top = 1e9, bottom = 0;
  for (const Segment& s : segments) {
    top = std::min(top, s.bandTop());
    bottom = std::max(bottom, s.base);
  }
  const double gap = leastColumnGap(segments, components, letter);
  // Tables stand between what is above and below them; each is ordered by its own grid.
  const std::vector<Table> tables = findTables(layout.rules, letter);
  std::vector<Segments> inTable(tables.size());
  Segments outside;
  for (Segment& s : segments) {
    const double y = s.base - s.letter / 2;
    const auto home = std::find_if(tables.begin(), tables.end(), [&](const Table& t) {
      return s.centreX() > t.left && s.centreX() < t.right && y > t.top && y < t.bottom;
    });
    if (home == tables.end()) {
      outside.push_back(std::move(s));
    } else {
      inTable[static_cast<std::size_t>(home - tables.begin())].push_back(std::move(s));
    }
  }
  // The page's sheet may be taller than its text; columns at the top of the text are the header.
  const double end = std::max(bottom, top + 60.0 * letter);
  const Orderer inner(letter, gap, top, end, false), last(letter, gap, top, end, true);
  std::vector<std::size_t> byHeight(tables.size());
  for (std::size_t i = 0; i < tables.size(); ++i) byHeight[i] = i;
  std::sort(byHeight.begin(), byHeight.end(),
            [&](std::size_t a, std::size_t b) { return tables[a].top < tables[b].top; });
  auto append = [&](std::vector<LayoutBlock> blocks) {
    for (LayoutBlock& block : blocks) layout.blocks.push_back(std::move(block));
  };
  for (const std::size_t t : byHeight) {
    Segments above, rest;
    for (Segment& s : outside)
      (s.base < tables[t].top + letter ? above : rest).push_back(std::move(s));
    append(inner.order(std::move(above), 0));
    outside = std::move(rest);
    for (Segments& cell : cellsInOrder(tables[t], std::move(inTable[t]))) {
      layout.blocks.push_back({linesOf(std::move(cell))});
    }
  }
  append(last.order(std::move(outside), 0));
  int number = 0;
  for (const LayoutBlock& block : layout.blocks) {
    for (const LayoutLine& line : block.lines) {
      for (const Segment& segment : line.segments) {
        for (const int i : segment.parts) layout.lineOf[static_cast<std::size_t>(i)] = number;
        ++number;
      }
    }
  }
  return layout;
}

}  // namespace sohoa
