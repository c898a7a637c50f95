#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "samples/drawing/page.h"
#include "samples/random.h"

namespace sohoa::samples {

/// Rows from the top, samples interleaved, 8 bits each.
struct Image {
  int width = 0;
  int height = 0;
  int channels = 3;
  std::vector<std::uint8_t> data;
};

using Colour = std::array<float, 3>;  ///< reflectance of red, green, blue, 0 to 1

/// What the scanner and the years did to one page. Lengths in pixels are at 300 dpi.
struct ScanSettings {
  int dpi = 300;
  double skewDegrees = 0;  ///< clockwise
  int rotation = 0;        ///< 0, 90, 180, 270 degrees clockwise
  double shiftX = 0;       ///< of the sheet on the glass, points
  double shiftY = 0;
  double blur = 0.5;   ///< standard deviation
  double noise = 2.0;  ///< standard deviation in grey levels
  Colour paper = {0.965F, 0.962F, 0.95F};
  double paperTexture = 0.006;
  double blotches = 0;  ///< uneven yellowing, 0 to about 0.15
  int foxing = 0;       ///< brown spots of age
  double lightX = 0;    ///< fall of light across the width, share
  double lightY = 0;
  Colour toner = {0.09F, 0.09F, 0.10F};
  double tonerStrength = 1.0;
  double tonerGrain = 0.05;
  double tonerStreaks = 0;
  double showThrough = 0;
  double edgeShadow = 0;
  bool sensorLine = false;
  double sensorLineAt = 0.5;  ///< share of the width
  int specks = 0;
  Colour lid = {0.93F, 0.93F, 0.93F};
  Colour red = {0.83F, 0.16F, 0.20F};
  double redStrength = 0.9;
  Colour blue = {0.12F, 0.18F, 0.60F};
  bool clipBackground = false;  ///< the scanner whitens what is nearly white
  int jpegQuality = 70;
  bool halfColour = true;  ///< JPEG with 4:2:0 chroma
};

/// Maps points of the page to pixels of the scanned image.
class PageToImage {
 public:
  PageToImage(const ScanSettings& settings);
  int width() const { return width_; }
  int height() const { return height_; }
  /// The smallest whole-pixel rectangle around the mapped rectangle, within the image.
  std::array<int, 4> box(const Rect& rect) const;
  /// The six numbers of the matrix (xx, yx, xy, yy, x0, y0), as Cairo orders them.
  const std::array<double, 6>& matrix() const { return matrix_; }

 private:
  int width_ = 0;
  int height_ = 0;
  std::array<double, 6> matrix_{};
};

/// Renders the page at the resolution of the scan and damages it. `back` shows through if given.
Image scan(const Page& page, const Page* back, const ScanSettings& settings, Random random);

/// One sample a pixel, 0 or 255: what a scanner set to black and white delivers.
Image blackAndWhite(const Image& colour, int threshold);
Image grey(const Image& colour);

}  // namespace sohoa::samples
