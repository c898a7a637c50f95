#pragma once

#include <string>

namespace sohoa::test {

/// Small printed pages as a scanner would send them, in memory. `seed` changes the text, so that no
/// two pages are alike.
enum class PageFormat { jpeg, png, tiff };
std::string scannedPage(int seed, PageFormat format = PageFormat::jpeg, int dpi = 200);

/// One bit a pixel, blank: small as a file, whatever its size.
std::string blankImage(int width, int height, PageFormat format, int dpi = 300);

/// A PDF with one page that is that JPEG image, as office scanners make it.
std::string scannedPdf(const std::string& jpeg, int dpi = 200);

/// A PDF with one page of text and no image, as a word processor makes it.
std::string bornDigitalPdf();

}  // namespace sohoa::test
