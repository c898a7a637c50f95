#pragma once

#include <memory>
#include <string>
#include <vector>

#include "samples/drawing/page.h"
#include "samples/drawing/typesetter.h"
#include "samples/random.h"

namespace sohoa::samples {

/// Text in a pen or stamp font. The free script fonts have no Vietnamese letters, so the base
/// letters come from the font and the marks (ơ, ễ, ạ …) are drawn over them with strokes.
class PenText {
 public:
  /// `wobble` 0 is a stamp, 1 a quick hand: every letter turned and shifted a little.
  PenText(const Typesetter& typesetter, const std::string& text, const std::string& family,
          double size, double wobble, Random& random);

  double width() const { return width_; }
  /// Ink with the marks, when drawn with the baseline's start at (0, 0).
  Rect ink() const { return ink_; }
  /// Draws with the baseline's start at the origin of the current transformation.
  void draw(cairo_t* cairo) const;

 private:
  struct Letter {
    std::shared_ptr<PangoLayout> layout;
    double x = 0;
    double y = 0;
    double turn = 0;
    Rect ink;  ///< relative to the letter's own origin
    std::vector<unsigned> marks;
    bool barred = false;  ///< đ
  };
  std::vector<Letter> letters_;
  double size_ = 0;
  double width_ = 0;
  Rect ink_;
};

/// A stroke of a pen through the points, thinner where the pen moves fast.
void drawStroke(cairo_t* cairo, const std::vector<std::pair<double, double>>& points, double width);

/// Points of a signature within a box of the given size, different for every seed.
std::vector<std::pair<double, double>> signatureStroke(Random& random, double width, double height);

}  // namespace sohoa::samples
