#include "ocr/page/page_reader.h"

#include <algorithm>
#include <utility>

#include "ocr/fields/heading_slots.h"
#include "ocr/image/seals.h"
#include "ocr/language/suspect_word.h"
#include "ocr/page/coloured_text.h"
#include "ocr/page/orientation.h"
#include "ocr/page/page_fingerprint.h"
#include "ocr/page/page_kind.h"
#include "ocr/words/words.h"

namespace sohoa {
namespace {

struct ReadSheet {
  std::vector<TextBlock> blocks;
  std::vector<std::uint8_t> read;  ///< per component: its ink became a word
  double confidence = 0;
  int letters = 0;
};

template <class Item>
PixelBox around(const std::vector<Item>& items) {
  int left = 1 << 30, top = 1 << 30, right = 0, bottom = 0;
  for (const Item& item : items) {
    left = std::min(left, item.box.x);
    top = std::min(top, item.box.y);
    right = std::max(right, item.box.right());
    bottom = std::max(bottom, item.box.bottom());
  }
  return {left, top, right - left, bottom - top};
}

bool hasLetterOrDigit(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto u = static_cast<unsigned char>(c);
    return u >= 0xC3 || (u >= '0' && u <= '9') || (u >= 'A' && u <= 'Z') || (u >= 'a' && u <= 'z');
  });
}

/// Strokes of a pen or of a picture come out as a few signs of no confidence: they are no reading,
/// and their ink counts as unread.
bool isStroke(const ReadWord& word) {
  return word.confidence < 0.5 && !hasLetterOrDigit(word.text) && word.text != "-/-" &&
         word.text != "-";
}

/// A sign or two within 5 mm of the sheet's edge: shadows and photocopy borders come out so.
bool isEdgeMark(const PlacedWord& word, const Sheet& sheet) {
  const int width = sheet.clean.grey.width, height = sheet.clean.grey.height;
  const double edge = std::max(width, height) / 60.0;
  return word.read.symbols.size() <= 2 && (word.right < edge || word.left > width - edge ||
                                           word.bottom < edge || word.top > height - edge);
}

/// The middle of a stretch of words lies in a seal.
bool isInSeal(const std::vector<PlacedWord>& words, const Affine& toScan,
              const std::vector<PixelBox>& seals) {
  if (words.empty()) return false;
  const double middleX = (words.front().left + words.back().right) / 2,
               middleY = (words.front().top + words.front().bottom) / 2;
  const double x = toScan.x(middleX, middleY), y = toScan.y(middleX, middleY);
  return std::any_of(seals.begin(), seals.end(), [&](const PixelBox& s) {
    return x >= s.x && x < s.right() && y >= s.y && y < s.bottom();
  });
}

/// No reading of print. In a seal, its own worn letters and a signature's strokes are read with
/// more confidence than elsewhere.
bool isScribble(const std::vector<PlacedWord>& words, bool inSeal) {
  double sum = 0;
  int letters = 0;
  bool plausible = false;
  for (const PlacedWord& word : words) {
    // Numbers and symbols of documents read with little confidence and are print all the same.
    const bool print = word.read.symbols.size() > 1 && !isSuspect(word.read.text, 1.0) &&
                       (!inSeal || word.read.confidence >= 0.5);
    plausible = plausible || (print && hasLetterOrDigit(word.read.text));
    const auto n = static_cast<int>(word.read.symbols.size());
    sum += word.read.confidence * n;
    letters += n;
  }
  if (letters == 0 || sum / letters < (plausible ? 0.15 : inSeal ? 0.6 : 0.35)) return true;
  // Stains and specks stand alone and are read with certainty: "°", "'". A dash in a cell is print.
  const auto isSpeck = [](const PlacedWord& word) {
    return !hasLetterOrDigit(word.read.text) &&
           word.read.text.find_first_of("-+%") == std::string::npos;
  };
  if (letters <= 2 && std::all_of(words.begin(), words.end(), isSpeck)) return true;
  // Strokes come out as single signs; a cell with one digit is no stroke.
  const auto count = static_cast<int>(words.size());
  const bool digits = std::any_of(words.begin(), words.end(), [](const PlacedWord& word) {
    return word.read.text.find_first_of("0123456789") != std::string::npos;
  });
  return !digits && letters < 2 * count && sum / letters < (count >= 3 ? 0.8 : 0.7);
}

ReadSheet readSheet(const Sheet& sheet, const PageImage& page, const Affine& toScan,
                    const std::vector<PixelBox>& seals, LineEngine& engine) {
  ReadSheet out;
  out.read.assign(sheet.components.all.size(), 0);
  int number = 0;
  double sum = 0;
  for (const LayoutBlock& block : sheet.layout.blocks) {
    TextBlock textBlock;
    for (const LayoutLine& line : block.lines) {
      TextLine textLine;
      for (const Segment& segment : line.segments) {
        const std::vector<PlacedWord> words = readSegment(sheet, segment, number, engine);
        const bool scribble = isScribble(words, isInSeal(words, toScan, seals));
        for (const PlacedWord& placed : words) {
          if (scribble || isStroke(placed.read) || isEdgeMark(placed, sheet)) continue;
          for (const int part : placed.parts) out.read[static_cast<std::size_t>(part)] = 1;
          textLine.words.push_back(toWord(placed, segment, toScan, page.width, page.height));
          const auto letters = static_cast<int>(placed.read.symbols.size());
          sum += textLine.words.back().confidence * letters;
          out.letters += letters;
        }
        ++number;
      }
      if (textLine.words.empty()) continue;
      textLine.box = around(textLine.words);
      textBlock.lines.push_back(std::move(textLine));
    }
    if (textBlock.lines.empty()) continue;
    textBlock.box = around(textBlock.lines);
    out.blocks.push_back(std::move(textBlock));
  }
  out.confidence = out.letters > 0 ? sum / out.letters : 0;
  return out;
}

struct Ink {
  long all = 0, unread = 0;
};

/// Ink that matters: without specks, without what clings to the sheet's edge.
Ink weighInk(const Sheet& sheet, const std::vector<std::uint8_t>& read, const Affine& toScan,
             const std::vector<PixelBox>& seals, const PageImage& page) {
  Ink ink;
  const int width = sheet.clean.grey.width, height = sheet.clean.grey.height;
  const int edgeX = width / 60, edgeY = height / 60;
  for (std::size_t i = 0; i < sheet.components.all.size(); ++i) {
    const Component& c = sheet.components.all[i];
    const bool isRead = i < read.size() && read[i] != 0;
    if (!isRead) {
      if (c.width() < 6 && c.height() < 6) continue;
      if (c.left < edgeX || c.top < edgeY || c.right > width - edgeX || c.bottom > height - edgeY)
        continue;
      const double x = toScan.x(c.centreX(), c.centreY()), y = toScan.y(c.centreX(), c.centreY());
      if (x < 0 || y < 0 || x >= page.width || y >= page.height) continue;
      if (std::any_of(seals.begin(), seals.end(), [&](const PixelBox& s) {
            return x >= s.x && x < s.right() && y >= s.y && y < s.bottom();
          })) {
        continue;
      }
    }
    ink.all += c.area;
    if (!isRead) ink.unread += c.area;
  }
  return ink;
}

/// A word of letters or digits that was read with certainty and stands as high as print (at least
/// 1.2 mm): on a page without other ink, a page number.
bool hasPrint(const std::vector<TextBlock>& blocks, double dpi) {
  for (const TextBlock& block : blocks) {
    for (const TextLine& line : block.lines) {
      for (const Word& word : line.words) {
        if (word.confidence > 0.85 && hasLetterOrDigit(word.text) &&
            std::max(word.box.width, word.box.height) > 1.2 / 25.4 * dpi) {
          return true;
        }
      }
    }
  }
  return false;
}

/// More coloured ink than a few specks: about four letters.
constexpr int kColouredCells = 40;

/// Nearly all of the page's ink is coloured (a page written with a blue pen, a form printed in
/// red): then it is the page, and not what lies over it.
bool isColouredPage(const ColouredInk& ink, const Sheet& light) {
  std::size_t letters = 0;
  for (const LayoutBlock& block : light.layout.blocks) {
    for (const LayoutLine& line : block.lines) {
      for (const Segment& segment : line.segments) letters += segment.parts.size();
    }
  }
  // A printed letter covers about eight cells.
  return static_cast<std::size_t>(ink.cells) > 24 * (letters + 10);
}

}  // namespace

PageReading readDecoded(const PageImage& page, DecodedPage decoded, LineEngine& engine) {
  PageReading reading;
  reading.width = page.width;
  reading.height = page.height;
  reading.xDpi = page.xDpi;
  reading.yDpi = page.yDpi;
  reading.seals = findSeals(decoded, page);

  const double pictures = pictureShare(decoded.seen);
  const ColouredInk coloured = takeColouredInk(decoded, reading.seals);
  const Affine scanFromDecoded = Affine::scale(1 / decoded.scaleX, 1 / decoded.scaleY);
  CleanPage flat =
      flatten(decoded.inkFree.empty() ? std::move(decoded.seen) : std::move(decoded.inkFree));
  Orientation found = findOrientation(flat, engine);
  if (!coloured.plane.empty() && isColouredPage(coloured, found.sheet)) {
    flat = flatten(std::move(decoded.seen));
    found = findOrientation(flat, engine);
  } else if (addColouredText(coloured, found.sheet, flat, engine)) {
    found.sheet = preparePage(flat, found.sheet.rotation);
  }
  const double scaleX = decoded.scaleX;
  decoded.seen = decoded.inkFree = {};  // the small tint planes are still needed
  Affine toScan = scanFromDecoded.after(found.sheet.toDecoded);
  ReadSheet text = readSheet(found.sheet, page, toScan, reading.seals, engine);
  // The second witness of a page that was taken as upright.
  constexpr double kReadsBadly = 0.6;
  if (found.sheet.rotation == 0 && text.letters >= 30 && text.confidence < kReadsBadly) {
    found = tryAllOrientations(flat, engine);
    if (found.sheet.rotation != 0) {
      toScan = scanFromDecoded.after(found.sheet.toDecoded);
      text = readSheet(found.sheet, page, toScan, reading.seals, engine);
    }
  }

  const Ink ink = weighInk(found.sheet, text.read, toScan, reading.seals, page);
  const auto pixels = static_cast<double>(found.sheet.clean.grey.pixels.size());
  reading.rotation = found.sheet.rotation;
  reading.skewDegrees = found.sheet.skewDegrees;
  reading.orientationSure = found.sure;
  reading.inkShare = static_cast<double>(ink.all) / pixels;
  reading.unreadInkShare =
      ink.all > 0 ? static_cast<double>(ink.unread) / static_cast<double>(ink.all) : 0;
  reading.confidence = text.confidence;
  reading.blocks = std::move(text.blocks);
  // A few specks or a scanner's line may have been taken for a sign or two; a page number is print.
  constexpr double kBlankInk = 0.0004;
  reading.blank = reading.seals.empty() && coloured.cells < kColouredCells &&
                  reading.inkShare < kBlankInk && (text.letters < 4 || text.confidence < 0.6) &&
                  !hasPrint(reading.blocks, page.xDpi);
  if (reading.blank) reading.blocks.clear();
  if (!reading.blank) reading.kind = judgeKind(kindEvidence(reading, found.sheet, pictures));
  if (!reading.blank) reading.print = pagePrint(found.sheet.clean, page.xDpi * scaleX);
  reading.slots = findHeadingSlots(reading, found.sheet, toScan, decoded);
  return reading;
}

}  // namespace sohoa
