#pragma once

#include <string>

#include "pdf/images/tiff_memory.h"

namespace sohoa {

/// The current directory as a TIFF of its own, its compressed strips or tiles copied as they are;
/// empty when this kind of page cannot be copied (old-style JPEG) or a strip cannot be read.
std::string copyDirectory(TIFF* from, double xDpi, double yDpi);

/// The current directory decoded to 8-bit RGB in an uncompressed TIFF; empty when it fails.
std::string decodeDirectory(TIFF* from, double xDpi, double yDpi);

}  // namespace sohoa
