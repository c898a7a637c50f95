#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "samples/drawing/scan.h"

namespace sohoa::samples {

// Every writer throws std::runtime_error when the file cannot be written.

/// A baseline JPEG with the resolution in its JFIF header.
std::vector<std::uint8_t> encodeJpeg(const Image& image, int dpi, int quality, bool halfColour);

void writePng(const std::filesystem::path& path, const Image& image, int dpi);

struct TiffPage {
  Image image;
  int dpi = 300;
  bool group4 = false;  ///< 1 bit a pixel; otherwise JPEG inside the TIFF
  int jpegQuality = 70;
};
void writeTiff(const std::filesystem::path& path, const std::vector<TiffPage>& pages);

struct JunkWord {
  std::string text;  ///< ASCII only
  double x = 0;      ///< points from the left
  double y = 0;      ///< points from the bottom
  double size = 12;
};
struct PdfPage {
  std::vector<std::uint8_t> jpeg;
  int width = 0;
  int height = 0;
  bool grey = false;
  double pageWidth = 595.28;
  double pageHeight = 841.89;
  std::vector<JunkWord> junk;  ///< invisible text, as the scanner's own OCR leaves it
};
/// An image-only PDF 1.4, as a multifunction device writes it.
void writePdf(const std::filesystem::path& path, const std::vector<PdfPage>& pages);

void writeFile(const std::filesystem::path& path, const std::vector<std::uint8_t>& bytes);
void writeFile(const std::filesystem::path& path, const std::string& text);

/// What an OCR engine set to English makes of a Vietnamese line: "BO GIAO Dl)C vA BAo T~O".
std::string englishMisreading(const std::string& text, Random& random);

}  // namespace sohoa::samples
