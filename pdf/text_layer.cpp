#include "pdf/text_layer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "pdf/number.h"
#include "pdf/text_string.h"

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

// The baseline; without one, the edge of the box on which the letters stand.
void baseline(const Word& word, int rotation, Point& start, Point& end) {
  start = {word.baseX0, word.baseY0};
  end = {word.baseX1, word.baseY1};
  if (distance(start, end) >= 1) return;
  const double left = word.box.x, top = word.box.y;
  const double right = word.box.right(), bottom = word.box.bottom();
  switch (rotation) {
    case 90:  // turned clockwise to be upright: its text runs upwards in the scan
      start = {right, bottom}, end = {right, top};
      break;
    case 180:
      start = {right, top}, end = {left, top};
      break;
    case 270:
      start = {left, top}, end = {left, bottom};
      break;
    default:
      start = {left, bottom}, end = {right, bottom};
  }
}

Run runOf(const Word& word, int rotation, const PageSpace& space) {
  Run run;
  run.text = showableText(word.text);
  Point start, end;
  baseline(word, rotation, start, end);
  run.start = {start.x * space.xScale, space.height - start.y * space.yScale};
  run.end = {end.x * space.xScale, space.height - end.y * space.yScale};
  const double pixels = std::max(distance(start, end), 1.0);
  // Letters stand at a right angle to the baseline, where the scale may be another.
  const double perpendicular = std::hypot((end.y - start.y) / pixels * space.xScale,
                                          (end.x - start.x) / pixels * space.yScale);
  double letters = word.height;
  if (letters <= 0) {
    letters = rotation == 90 || rotation == 270 ? word.box.width : word.box.height;
  }
  // Whole points: readers join words to lines and lines to columns by equal size.
  run.size = std::clamp(std::round(letters * perpendicular), 1.0, 1000.0);
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

// A page that lies a little askew has its words set level, each at the height of its own baseline:
// viewers take a run for one word only while its letters stand on one level, and a word is short
// enough that its box moves by less than a letter's stroke. Steeper text keeps its slope.
constexpr double kLevelSlope = 0.12;  // 7 degrees

void level(Run& run) {
  const double dx = run.end.x - run.start.x, dy = run.end.y - run.start.y;
  if (std::abs(dy) <= kLevelSlope * std::abs(dx)) {
    run.start.y = run.end.y = (run.start.y + run.end.y) / 2;
  } else if (std::abs(dx) <= kLevelSlope * std::abs(dy)) {
    run.start.x = run.end.x = (run.start.x + run.end.x) / 2;
  }
}

void showRun(std::string& out, const Run& run, const Run* next, const InvisibleFont& font) {
  const double whole = std::max(distance(run.start, run.end), 0.01);
  const double cosine = (run.end.x - run.start.x) / whole;
  const double sine = (run.end.y - run.start.y) / whole;
  double length = whole, gap = 0;
  if (next != nullptr) {
    // From start to start along the baseline.
    const double reach =
        (next->start.x - run.start.x) * cosine + (next->start.y - run.start.y) * sine;
    // Recognition sometimes gives a word the width of its neighbour too: where the next one begins
    // is the better witness.
    if (reach > 0) length = std::min(whole, std::max(reach - kLeastGap * run.size, 0.6 * reach));
    gap = std::clamp(reach - length, 0.02 * run.size, run.size);  // at most an em: table columns
  }
  // The matrix turns; Tf sizes; Tz stretches the run to the word's length.
  out += fmt::format("{} {} {} {} {} {} Tm /F0 {} Tf {} Tz <", number(cosine, 5), number(sine, 5),
                     number(-sine, 5), number(cosine, 5), number(run.start.x, 3),
                     number(run.start.y, 3), number(run.size, 3),
                     number(100 * length / advanceOf(run), 3));
  for (const char32_t character : run.text) out += fmt::format("{:04X}", font.glyph(character));
  out += "> Tj\n";
  if (next == nullptr) return;
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
        level(run);
        if (!run.text.empty()) runs.push_back(std::move(run));
      }
      for (std::size_t i = 0; i < runs.size(); ++i) {
        showRun(out, runs[i], i + 1 < runs.size() ? &runs[i + 1] : nullptr, font);
      }
    }
  }
  return out.empty() ? out : "BT\n3 Tr\n" + out + "ET\n";
}

}  // namespace sohoa
