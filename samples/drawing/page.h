#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

typedef struct _cairo cairo_t;
typedef struct _PangoLayout PangoLayout;

namespace sohoa::samples {

/// A4 portrait in points; every length of a page is in points, origin top left, y downwards.
inline constexpr double kPageWidth = 595.276;
inline constexpr double kPageHeight = 841.89;
inline constexpr double kPointsPerMillimetre = 72.0 / 25.4;

struct Rect {
  double x = 0;
  double y = 0;
  double w = 0;
  double h = 0;
  double right() const { return x + w; }
  double bottom() const { return y + h; }
  double centreX() const { return x + w / 2; }
  bool empty() const { return w <= 0 || h <= 0; }
};

/// The smallest rectangle around both; an empty one does not count.
Rect around(const Rect& a, const Rect& b);

/// A printed word: the box is that of its ink.
struct Word {
  std::string text;
  Rect box;
};

/// A printed line of one column or one table cell.
struct Line {
  std::string text;  ///< the words, one space between
  Rect box;
  std::string
      zone;      ///< header_left, header_right, title, body, table, recipients, signer, page_number
  int row = -1;  ///< in a table
  int column = -1;
  std::vector<Word> words;
  std::shared_ptr<PangoLayout> layout;  ///< what draws it
  int lineOfLayout = 0;
  double x = 0;         ///< where the line starts
  double baseline = 0;  ///< where it stands
};

struct Rule {
  double x1 = 0;
  double y1 = 0;
  double x2 = 0;
  double y2 = 0;
  double width = 0.6;
};

/// A place left free for the pen, and what the pen writes there.
struct Fill {
  Rect box;
  std::string text;
  double size = 16;
  bool leader = false;  ///< a dotted leader runs along the bottom of the box
};

struct SignerSpot {
  Rect heading;  ///< ink of the printed title
  Rect room;     ///< the free space between title and name
  Rect name;     ///< where the printed name stands, or where its stamp goes
  std::string nameText;
  bool stamped = false;  ///< the name is not printed
};

enum class Ink { toner, red, blue };

/// Something that is on the paper but is not printed text.
struct Mark {
  std::string kind;  ///< handwriting, seal_legend, name_stamp, signature, initials, leader
  std::string text;
  Rect box;
  Ink ink = Ink::blue;
  std::function<void(cairo_t*)> draw;  ///< paints coverage, in page points
};

struct Page {
  std::vector<Line> lines;  ///< in human reading order
  std::vector<Rule> rules;
  std::vector<Fill> fills;
  std::vector<SignerSpot> signers;
  Rect lastLine;  ///< end of the last line of the body, where initials are scribbled
  std::vector<Mark> marks;
  std::vector<Rect> seals;
};

}  // namespace sohoa::samples
