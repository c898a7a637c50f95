#pragma once

#include <string>
#include <vector>

#include "ocr/words/words.h"

namespace sohoa {

/// The ink of one line's words, asked for shapes and places. Heights are in pixels of the clean
/// page.
class InkView {
 public:
  InkView(const Sheet& sheet, const Segment& segment, LineEngine& engine)
      : sheet_(sheet), segment_(segment), engine_(engine) {}

  double letter() const { return segment_.letter; }
  double base() const { return segment_.base; }
  double bandTop() const { return segment_.bandTop(); }
  const Component& at(int part) const {
    return sheet_.components.all[static_cast<std::size_t>(part)];
  }

  /// Round and small, as over an i.
  bool isDot(const Component& c) const;

  struct Extent {
    int left = 1 << 30, right = 0;
    int strokes = 0;  ///< runs of ink in the middle row
    double middle() const { return (left + right) / 2.0; }
  };
  /// Ink of a component in the rows [from, to) of its height, as shares.
  Extent extent(const Component& c, double from, double to) const;
  /// How far ink lies along a line that rises to the right: correlation of its pixels' columns with
  /// their heights, -1 to 1. Of the ink right of the share `left` of the component's width and
  /// above the share `down` of its height.
  double lean(const Component& c, double left = 0, double down = 1) const;
  /// How many capital I with serifs a component shows (they may touch); 0 when it shows others.
  int romanStrokes(const Component& c) const;
  /// A slash: tall, thin and leaning to the right.
  bool isSlash(const Component& c) const;

  /// Reads one component, or what lies in a box of the clean page, alone and at twice its size:
  /// small digits drown in a line.
  std::u32string readAlone(int part) const;
  std::u32string readAlone(int left, int top, int right, int bottom) const;

 private:
  const Sheet& sheet_;
  const Segment& segment_;
  LineEngine& engine_;
};

}  // namespace sohoa
