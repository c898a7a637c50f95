#pragma once

#include <string>

#include "pdf/images/tiff_memory.h"

namespace sohoa {

/// The current directory's JPEG strips joined into one JPEG without decoding them: what libtiff
/// codes per strip is what lies between two restart markers of a JPEG. Empty when the page is not
/// coded so (other compression, tiles, several scans, strips that differ in their tables).
std::string joinJpegStrips(TIFF* from);

}  // namespace sohoa
