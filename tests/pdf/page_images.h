#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/reading.h"

struct Pix;

namespace sohoa::test {

/// A picture in memory, made for a test. Pixels come from a fixed pattern.
class Picture {
 public:
  enum class Kind { bilevel, grey, colour, palette };
  Picture(Kind kind, int width, int height);
  /// Takes over a Leptonica image.
  explicit Picture(Pix* pix);
  /// All pixels of one grey, 0 to 255.
  static Picture uniform(int grey, int width, int height);
  /// Decodes any file Leptonica reads; throws std::runtime_error.
  static Picture decode(const std::string& bytes);

  Pix* pix() const { return pix_.get(); }
  int width() const;
  int height() const;
  /// Paints each word as a bar along its baseline, as high as its letters.
  void paintWords(const PageReading& reading);

  std::string jpeg(int dpi, bool progressive = false) const;
  std::string png(int dpi) const;
  /// One page; `compression` is a libtiff COMPRESSION_… value.
  std::string tiff(int dpi, int compression) const;

 private:
  std::shared_ptr<Pix> pix_;
};

/// Several pages in one TIFF.
std::string tiffOf(const std::vector<Picture>& pages, int dpi, int compression);
/// A JPEG with four components (CMYK, Adobe marker).
std::string cmykJpeg(int width, int height);
/// Whether both show the same pixels.
bool samePixels(const Picture& a, const Picture& b);
/// Peak signal-to-noise ratio, dB; 1000 for equal pixels.
double likeness(const Picture& a, const Picture& b);

/// A PNG chunk with length and CRC.
std::string pngChunk(const std::string& type, const std::string& body);
/// A PNG of that header whose data is a stream of zero bytes of the right length.
std::string plainPng(int width, int height, int bits, int colourType, bool interlaced = false);

/// A word whose baseline starts at (x, y) and runs `length` pixels at `degrees` clockwise.
Word wordAt(const std::string& text, double x, double y, double length, double height,
            double degrees = 0);

}  // namespace sohoa::test
