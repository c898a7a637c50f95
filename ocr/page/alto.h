#pragma once

#include <string>

#include "core/reading.h"
#include "ocr/page/recogniser.h"

namespace sohoa {

struct AltoSource {
  std::string fileName;    ///< original file the page comes from
  std::string fileSha512;  ///< hexadecimal
  int page = 1;            ///< in that file, from 1
};

/// ALTO 4 (https://www.loc.gov/standards/alto/), word boxes in pixels of the image as scanned.
std::string altoXml(const PageReading& reading, const AltoSource& source, const EngineInfo& engine);

}  // namespace sohoa
