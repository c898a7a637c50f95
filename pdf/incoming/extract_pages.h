#pragma once

#include <filesystem>

#include "core/result.h"

namespace sohoa {

/// Writes pages `first` … `first + count - 1` (from 0) of a PDF, or one page of a TIFF, as a file
/// of the same kind: image data as they were, nothing of the other pages. Causes as
/// inspectIncoming; throws BatchError when `out` cannot be written. Runs in a worker: it parses
/// foreign bytes.
Result<void> extractPages(const std::filesystem::path& file, int first, int count,
                          const std::filesystem::path& out);

}  // namespace sohoa
