#pragma once

#include <string>

#include "core/page.h"
#include "core/reading.h"

namespace sohoa::test {

struct PlainReading {
  PageReading reading;  ///< words with boxes; nothing else
  double seconds = 0;   ///< of the program, processor time
};

/// The `tesseract` program on the image as scanned: `-l vie --psm 3`, one thread. Throws
/// std::runtime_error when it fails.
PlainReading readByTesseract(const PageImage& page);
/// `ocrmypdf --deskew --rotate-pages` and the words that pdftotext finds in what it wrote.
PlainReading readByOcrmypdf(const PageImage& page);

}  // namespace sohoa::test
