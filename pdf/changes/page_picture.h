#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

/// Upright, in pixels from the upper left corner; right and bottom are outside.
struct PixelArea {
  int left = 0, top = 0, right = 0, bottom = 0;
};

/// What a page shows to a person, annotations included.
struct PagePicture {
  int width = 0, height = 0;  ///< pixels
  std::string rgb;            ///< 3 bytes a pixel, rows from the top
  /// The part of the page that is shown (the crop box), in default user space.
  double left = 0, bottom = 0, right = 0, top = 0;
  int rotation = 0;  ///< /Rotate: 0, 90, 180 or 270 degrees clockwise
  struct Word {
    std::string text;  ///< UTF-8
    PixelArea area;
  };
  std::vector<Word> words;  ///< of the page's content, in the renderer's order

  /// Where a rectangle of default user space falls, cut to the picture.
  PixelArea areaOf(double x0, double y0, double x1, double y1) const;
};

/// Draws pages of documents that may be hostile: an implementation does it in a process of its own.
class PageRenderer {
 public:
  virtual ~PageRenderer() = default;
  /// Page `page` (from 0) of a document held in memory; nothing when it cannot be drawn.
  virtual std::optional<PagePicture> draw(std::string_view document, std::size_t page) = 0;
};

}  // namespace sohoa
