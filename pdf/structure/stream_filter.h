#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sohoa {

/// zlib data (FlateDecode). Throws PdfSyntaxError when damaged or bigger than `limit` bytes.
std::string inflateBytes(std::string_view data, std::size_t limit);
/// Undoes a PNG predictor (ISO 32000-1:2008, 7.4.4.4) for rows of `rowBytes` bytes after one tag
/// byte.
std::string undoPngPredictor(std::string_view data, std::size_t rowBytes, std::size_t pixelBytes);

}  // namespace sohoa
