#pragma once

#include <string>

#include "core/reading.h"
#include "ocr/page/recogniser.h"

namespace sohoa {

/// The file that an ALTO document describes (sourceImageInformation).
struct AltoSource {
  std::string fileName;    ///< original file that holds the page
  std::string fileSha512;  ///< hexadecimal; empty: fileIdentifier is left out
  int page = 1;            ///< page number in that file, from 1
};

/// Writes an ALTO 4.4 document (https://www.loc.gov/standards/alto/), UTF-8. Boxes and baselines
/// are in pixels of the image as scanned, origin at the top left.
std::string altoXml(const PageReading& reading, const AltoSource& source, const EngineInfo& engine);

}  // namespace sohoa
