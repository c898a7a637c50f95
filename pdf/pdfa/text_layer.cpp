#include "pdf/pdfa/text_layer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "pdf/util/pdf_number.h"
#include "pdf/util/text_string.h"

namespace sohoa {
namespace {

struct Point {
  double x = 0, y = 0;
};

// A word in page space.
struct Run {
  std::u32string text;
  Point start, end;
  double size = 0;  // of the font, points
};

bool showable(char32_t character) {
  return character > 0x20 && character != 0x7F && !(character >= 0x80 && character < 0xA0) &&
         character != 0xA0 && character != 0xAD;
}

std::u32string showableText(const std::string& utf8) {
  std::u32string text;
  for (const char32_t character : codePoints(utf8)) {
    if (showable(character)) text += character;
  }
  return text;
}

double distance(Point a, Point b) { return std::hypot(b.x - a.x, b.y - a.y); }

Point inPoints(double x, double y, const PageSpace& space) {
  return {x * space.xScale, space.height - y * space.yScale};
}

// Steeper text keeps its slope; what lies a little askew is set level.
constexpr double kLevelSlope = 0.12;  // 7 degrees

bool steep(const Word& word) {
  const double dx = std::abs(word.baseX1 - word.baseX0), dy = std::abs(word.baseY1 - word.baseY0);
  return std::hypot(dx, dy) >= 1 && std::min(dx, dy) > kLevelSlope * std::max(dx, dy);
}

// Along its own baseline, with the height of its line's letters.
void followBaseline(const Word& word, const PageSpace& space, Run& run) {
  run.start = inPoints(word.baseX0, word.baseY0, space);
  run.end = inPoints(word.baseX1, word.baseY1, space);
  const double dx = word.baseX1 - word.baseX0, dy = word.baseY1 - word.baseY0;
  // Letters stand at a right angle to the baseline, where the scale may be another.
  const double across = std::hypot(dy * space.xScale, dx * space.yScale) / std::hypot(dx, dy);
  run.size = word.height * across;
}

// On the edge of its box on which the letters stand, with the height of the box.
void fillBox(const Word& word, int rotation, const PageSpace& space, Run& run) {
  const double left = word.box.x, top = word.box.y;
  const double right = word.box.right(), bottom = word.box.bottom();
  const double width = word.box.width * space.xScale, height = word.box.height * space.yScale;
  switch (rotation) {
    case 90:  // turned clockwise to be upright: its text runs upwards in the scan
      run = {run.text, inPoints(right, bottom, space), inPoints(right, top, space), width};
      break;
    case 180:
      run = {run.text, inPoints(right, top, space), inPoints(left, top, space), height};
      break;
    case 270:
      run = {run.text, inPoints(left, top, space), inPoints(left, bottom, space), width};
      break;
    default:
      run = {run.text, inPoints(left, bottom, space), inPoints(right, bottom, space), height};
  }
}

Run runOf(const Word& word, int rotation, const PageSpace& space) {
  Run run;
  run.text = showableText(word.text);
  if (steep(word) && word.height > 0) {
    followBaseline(word, space, run);
  } else {
    fillBox(word, rotation, space, run);
  }
  run.size = std::clamp(run.size, 0.5, 1000.0);
  return run;
}

double advanceOf(const Run& run) {
  int units = 0;
  for (const char32_t character : run.text) units += InvisibleFont::advance(character);
  return units / 1000.0 * run.size;
}

// Readers find words by the gaps between them, whatever characters there are: a gap narrower than
// this share of the size is no space to them.
constexpr double kLeastGap = 0.2;
constexpr double kMostGiven = 0.28;  // share of a word's length, on each side

/// Where a run goes: its length and its direction.
struct Course {
  explicit Course(const Run& run)
      : length(std::max(distance(run.start, run.end), 0.01)),
        cosine((run.end.x - run.start.x) / length),
        sine((run.end.y - run.start.y) / length) {}
  /// How far along it a point lies, from its start.
  double along(const Run& run, Point point) const {
    return (point.x - run.start.x) * cosine + (point.y - run.start.y) * sine;
  }
  double length, cosine, sine;
};

/// Words that nearly touch, or lie over each other, give way, each by its share of the width: a
/// narrow one has little to give.
void keepApart(Run& run, Run& next) {
  const Course course(run), following(next);
  const double reach = course.along(run, next.start);
  const double missing = course.length + kLeastGap * run.size - reach;
  if (reach <= 0 || missing <= 0) return;
  const double share = course.length / (course.length + following.length);
  const double mine = std::min(missing * share, kMostGiven * course.length);
  const double its = std::min(missing - missing * share, kMostGiven * following.length);
  run.end.x -= mine * course.cosine, run.end.y -= mine * course.sine;
  next.start.x += its * following.cosine, next.start.y += its * following.sine;
}

void showRun(std::string& out, const Run& run, const Run* next, const InvisibleFont& font) {
  const auto [length, cosine, sine] = Course(run);
  double gap = 0;
  if (next != nullptr) {
    // At most an em: table columns.
    gap = std::clamp(Course(run).along(run, next->start) - length, 0.02 * run.size, run.size);
  }
  // The matrix turns; Tf sizes; Tz stretches the run to the word's length.
  out += fmt::format("{} {} {} {} {} {} Tm /F0 {} Tf {} Tz <", number(cosine, 5), number(sine, 5),
                     number(-sine, 5), number(cosine, 5), number(run.start.x, 3),
                     number(run.start.y, 3), number(run.size, 3),
                     number(100 * length / advanceOf(run), 3));
  for (const char32_t character : run.text) out += fmt::format("{:04X}", font.glyph(character));
  out += "> Tj\n";
  // A line ends in a space too: some readers take the next line for more of the same word else.
  if (next == nullptr) gap = kLeastGap * run.size;
  const double natural = InvisibleFont::advance(U' ') / 1000.0 * run.size;
  out += fmt::format("{} Tz <{:04X}> Tj\n", number(100 * gap / natural, 3), font.glyph(U' '));
}

}  // namespace

void collectCharacters(const PageReading& reading, std::set<char32_t>& characters) {
  for (const TextBlock& block : reading.blocks) {
    for (const TextLine& line : block.lines) {
      for (const Word& word : line.words) {
        for (const char32_t character : showableText(word.text)) characters.insert(character);
      }
    }
  }
}

std::string textLayer(const PageReading& reading, const InvisibleFont& font,
                      const PageSpace& space) {
  std::string out;
  for (const TextBlock& block : reading.blocks) {
    for (const TextLine& line : block.lines) {
      std::vector<Run> runs;
      for (const Word& word : line.words) {
        Run run = runOf(word, reading.rotation, space);
        if (!run.text.empty()) runs.push_back(std::move(run));
      }
      for (std::size_t i = 0; i + 1 < runs.size(); ++i) keepApart(runs[i], runs[i + 1]);
      for (std::size_t i = 0; i < runs.size(); ++i) {
        showRun(out, runs[i], i + 1 < runs.size() ? &runs[i + 1] : nullptr, font);
      }
    }
  }
  return out.empty() ? out : "BT\n3 Tr\n" + out + "ET\n";
}

}  // namespace sohoa
