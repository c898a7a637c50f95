#pragma once

#include <string>

namespace sohoa {

/// The JPEG decoded, every sample turned around (255 - v), as a PNG; empty when it fails.
std::string invertedAsPng(const std::string& jpeg);

/// A JPEG 2000 file of that size as a PNG; empty when it fails or has another size.
std::string jpeg2000AsPng(const std::string& bytes, int width, int height);

}  // namespace sohoa
