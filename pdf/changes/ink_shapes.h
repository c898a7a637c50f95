#pragma once

#include <utility>
#include <vector>

#include "pdf/changes/page_picture.h"

namespace sohoa {

/// What stands out from its paper in one part of a picture, dark on light or light on dark:
/// letters, and what is larger taken apart into tiles. Rules and dotted lines are left out.
class InkShapes {
 public:
  struct Shape {
    std::vector<std::pair<int, int>> pixels;  ///< x, y of the picture
    PixelArea box;
    bool whole = true;  ///< false: a tile of something larger than a letter
  };

  InkShapes(const PagePicture& picture, const PixelArea& area);

  const std::vector<Shape>& shapes() const { return shapes_; }
  bool isInk(int x, int y) const;
  /// The lightest paper of the area, 0 to 255.
  int lightest() const;

 private:
  void findPaper();
  void findShapes(int sign);
  void addShape(std::vector<std::pair<int, int>> pixels);
  int paperAt(int x, int y) const;
  std::size_t at(int x, int y) const {
    return static_cast<std::size_t>(y - area_.top) * width_ +
           static_cast<std::size_t>(x - area_.left);
  }

  const PagePicture& picture_;
  PixelArea area_;
  std::size_t width_ = 0;
  int blocksAcross_ = 0;
  std::vector<int> paper_;  ///< brightness, by square
  std::vector<char> ink_;   ///< of any sign
  std::vector<Shape> shapes_;
};

/// What stands out in a small part of a picture at several levels of brightness, whichever
/// side is the ground; none where all is alike.
std::vector<InkShapes::Shape> shapesIn(const PagePicture& picture, const PixelArea& area);

/// Of a pixel, counted in rows from the upper left corner; 0 to 255.
int brightnessOf(const PagePicture& picture, std::size_t pixel);

}  // namespace sohoa
