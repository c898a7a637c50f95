#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/document_fields.h"
#include "core/page.h"
#include "core/result.h"

namespace sohoa {

/// A recognised word. Coordinates are pixels of the image as scanned (not of the cleaned copy).
struct Word {
  std::string text;  ///< UTF-8, NFC, no spaces
  PixelBox box;      ///< axis-aligned bounding box
  /// Baseline from the word's start to its end in reading direction; on a page scanned upside down
  /// it runs from right to left.
  double baseX0 = 0, baseY0 = 0, baseX1 = 0, baseY1 = 0;
  double height = 0;      ///< of the line's letters, ascender to descender, pixels
  double confidence = 0;  ///< 0..1
  bool suspect = false;   ///< signals say it may be wrong; the text is kept as read
};

struct TextLine {
  PixelBox box;
  std::vector<Word> words;
};

struct TextBlock {
  PixelBox box;
  std::vector<TextLine> lines;
};

/// What a page shows. A page of handwriting or with a photograph is read as far as it can be; its
/// text is not to be relied on.
enum class PageKind { print, handwriting, picture };
std::string_view nameOf(PageKind kind);  ///< "print", "handwriting", "picture"

/// What recognition found on one page; plain values, in the reading order of a person.
struct PageReading {
  int width = 0, height = 0;  ///< pixels of the image as scanned
  double xDpi = 0, yDpi = 0;
  int rotation = 0;        ///< degrees clockwise that make the page upright: 0, 90, 180, 270
  double skewDegrees = 0;  ///< clockwise skew of the upright page that was straightened for reading
  bool blank = false;      ///< no text: too little ink after border and specks are set aside
  bool orientationSure = true;
  PageKind kind = PageKind::print;
  double inkShare = 0;        ///< share of ink pixels on the cleaned copy, 0..1
  double unreadInkShare = 0;  ///< share of that ink outside every word, seal and rule, 0..1
  double confidence = 0;      ///< mean of words, weighted by characters, 0..1
  std::string
      print;  ///< where its ink lies (ocr/page/page_fingerprint.h); empty when it is not known
  std::vector<PixelBox> seals;
  std::vector<HeadingSlot> slots;
  std::vector<TextBlock> blocks;
};

/// Words separated by spaces, lines by '\n', blocks by '\n'.
std::string plainText(const PageReading& reading);
int wordCount(const PageReading& reading);
int suspectCount(const PageReading& reading);

/// JSON, for the worker border and work files. Round trip is exact to 1e-3 in coordinates.
std::string toJson(const PageReading& reading);
/// An error when the text is not what toJson wrote.
Result<PageReading> readingFromJson(const std::string& json);

}  // namespace sohoa
