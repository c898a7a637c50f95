#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "core/page.h"
#include "core/result.h"
#include "pdf/images/incoming_page.h"
#include "pdf/images/page_limits.h"
#include "pdf/images/tiff_memory.h"

namespace sohoa {

/// A TIFF file whose directories have been checked: every strip of every page lies in the file.
/// Reduced-resolution pictures (previews) are not pages. Not thread-safe.
class TiffFile {
 public:
  /// Causes: fileTruncated, imageTooLarge, imageUnsupported; the detail names the page.
  static Result<TiffFile> open(const std::filesystem::path& file, const IncomingLimits& limits);
  const std::vector<IncomingPage>& pages() const { return pages_; }
  /// A page coded as JPEG as one JPEG, without decoding. Others as a single-page TIFF: the
  /// compressed strips as they are where libtiff can copy them, else decoded to RGB. The
  /// Orientation tag is dropped: pixels count as stored.
  Result<PageImage> read(std::size_t page);
  /// A page as a TIFF file of its own with its resolution, its compressed strips as they are where
  /// libtiff can copy them, else decoded to RGB.
  Result<std::string> extract(std::size_t page);

 private:
  std::unique_ptr<TiffLog> log_ = std::make_unique<TiffLog>();
  TiffHandle tiff_;
  std::vector<IncomingPage> pages_;
  std::vector<tdir_t> directories_;
};

}  // namespace sohoa
