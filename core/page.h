#pragma once

#include <string>

namespace sohoa {

/// A rectangle in pixels of a page image as it was scanned: origin top left, y downwards.
struct PixelBox {
  int x = 0, y = 0, width = 0, height = 0;
  int right() const { return x + width; }
  int bottom() const { return y + height; }
  bool operator==(const PixelBox&) const = default;
};

enum class ImageFormat { jpeg, png, tiff };

/// One page as an encoded image file in memory (a TIFF holds just this page). What the scanner
/// wrote is kept byte for byte where it can be.
struct PageImage {
  ImageFormat format = ImageFormat::jpeg;
  std::string bytes;
  int width = 0, height = 0;  ///< pixels, as stored (no EXIF orientation applied)
  double xDpi = 0, yDpi = 0;  ///< pixels per inch of the sheet
  bool dpiAssumed =
      false;  ///< the file did not say (or not credibly): taken from the sheet's shape
};

}  // namespace sohoa
