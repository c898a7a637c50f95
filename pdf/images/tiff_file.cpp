#include "pdf/images/tiff_file.h"

#include <array>
#include <optional>

#include "pdf/images/jpeg_file.h"
#include "pdf/images/resolution.h"
#include "pdf/images/tiff_copy.h"
#include "pdf/images/tiff_jpeg.h"

namespace sohoa {
namespace {

constexpr std::size_t kMaxPages = 10000;
constexpr std::uint32_t kMaxStrips = 1000000;

template <class T>
T field(TIFF* tiff, std::uint32_t tag) {
  T value{};
  TIFFGetFieldDefaulted(tiff, tag, &value);
  return value;
}

std::optional<ItemError> checkStrips(TIFF* tiff, std::uint64_t fileSize) {
  const bool tiled = TIFFIsTiled(tiff) != 0;
  const std::uint32_t count = tiled ? TIFFNumberOfTiles(tiff) : TIFFNumberOfStrips(tiff);
  if (count == 0) return badInput(Cause::fileTruncated, "no strips");
  if (count > kMaxStrips) return badInput(Cause::imageUnsupported, "too many strips");
  std::uint64_t total = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    int failed = 0;
    const std::uint64_t offset = TIFFGetStrileOffsetWithErr(tiff, i, &failed);
    const std::uint64_t size = TIFFGetStrileByteCountWithErr(tiff, i, &failed);
    if (failed != 0 || size == 0 || offset == 0 || offset > fileSize || size > fileSize - offset) {
      return badInput(Cause::fileTruncated, "strip " + std::to_string(i) + " is not in the file");
    }
    total += size;
  }
  // Strips that share bytes would make a small file grow when it is copied.
  if (total > fileSize) return badInput(Cause::imageUnsupported, "overlapping strips");
  if (field<std::uint16_t>(tiff, TIFFTAG_COMPRESSION) == COMPRESSION_NONE) {
    const auto height = static_cast<std::uint64_t>(field<std::uint32_t>(tiff, TIFFTAG_IMAGELENGTH));
    const auto row = TIFFRasterScanlineSize64(tiff);
    if (!tiled && total < height * row) return badInput(Cause::fileTruncated, "strips too short");
  }
  return {};
}

Result<IncomingPage> readDirectory(TIFF* tiff, std::uint64_t fileSize,
                                   const IncomingLimits& limits) {
  const auto width = field<std::uint32_t>(tiff, TIFFTAG_IMAGEWIDTH);
  const auto height = field<std::uint32_t>(tiff, TIFFTAG_IMAGELENGTH);
  if (auto error = checkSize(width, height, limits)) return *error;
  const auto compression = field<std::uint16_t>(tiff, TIFFTAG_COMPRESSION);
  if (TIFFIsCODECConfigured(compression) == 0) {
    return badInput(Cause::imageUnsupported, "compression " + std::to_string(compression));
  }
  std::array<char, 1024> reason{};
  if (TIFFRGBAImageOK(tiff, reason.data()) == 0) {
    return badInput(Cause::imageUnsupported, reason.data());
  }
  if (auto error = checkStrips(tiff, fileSize)) return *error;
  std::vector<Density> stated;
  float x = 0, y = 0;
  if (TIFFGetField(tiff, TIFFTAG_XRESOLUTION, &x) && TIFFGetField(tiff, TIFFTAG_YRESOLUTION, &y)) {
    const auto unit = field<std::uint16_t>(tiff, TIFFTAG_RESOLUTIONUNIT);
    const double scale = unit == RESUNIT_CENTIMETER ? 2.54 : unit == RESUNIT_INCH ? 1 : 0;
    stated.push_back({static_cast<double>(x) * scale, static_cast<double>(y) * scale});
  }
  IncomingPage page;
  page.width = static_cast<int>(width);
  page.height = static_cast<int>(height);
  const Resolution dpi = credibleResolution(page.width, page.height, stated);
  page.xDpi = dpi.x, page.yDpi = dpi.y, page.dpiAssumed = dpi.assumed;
  return page;
}

}  // namespace

Result<TiffFile> TiffFile::open(const std::filesystem::path& file, const IncomingLimits& limits) {
  TiffFile result;
  std::error_code failed;
  const std::uint64_t size = std::filesystem::file_size(file, failed);
  result.tiff_ = openTiffFile(file.string(), *result.log_);
  if (failed || !result.tiff_) {
    return badInput(Cause::fileTruncated, "TIFF: " + result.log_->last());
  }
  TIFF* tiff = result.tiff_.get();
  for (tdir_t directory = 0;; ++directory) {
    const auto kind = field<std::uint32_t>(tiff, TIFFTAG_SUBFILETYPE);
    if ((kind & FILETYPE_REDUCEDIMAGE) == 0) {
      auto page = readDirectory(tiff, size, limits);
      if (!page) {
        ItemError error = page.error();
        error.detail =
            "TIFF, page " + std::to_string(result.pages_.size() + 1) + ": " + error.detail;
        return error;
      }
      result.pages_.push_back(*page);
      result.directories_.push_back(directory);
    }
    if (TIFFLastDirectory(tiff)) break;
    if (directory >= kMaxPages) return badInput(Cause::imageUnsupported, "TIFF: too many pages");
    if (TIFFReadDirectory(tiff) == 0) {
      return badInput(
          Cause::fileTruncated,
          "TIFF, page " + std::to_string(result.pages_.size() + 1) + ": " + result.log_->last());
    }
  }
  if (result.log_->cut) return badInput(Cause::fileTruncated, "TIFF: " + result.log_->last());
  if (result.pages_.empty()) return badInput(Cause::fileTruncated, "TIFF: no pages");
  return result;
}

Result<PageImage> TiffFile::read(std::size_t index) {
  const IncomingPage& page = pages_[index];
  PageImage image;
  image.format = ImageFormat::tiff;
  image.width = page.width, image.height = page.height;
  image.xDpi = page.xDpi, image.yDpi = page.yDpi, image.dpiAssumed = page.dpiAssumed;
  if (TIFFSetDirectory(tiff_.get(), directories_[index]) != 0) {
    image.bytes = joinJpegStrips(tiff_.get());
    if (auto header = readJpegHeader(image.bytes);
        header && header->width == page.width && header->height == page.height) {
      image.format = ImageFormat::jpeg;
      return image;
    }
    image.bytes = copyDirectory(tiff_.get(), page.xDpi, page.yDpi);
    if (image.bytes.empty()) image.bytes = decodeDirectory(tiff_.get(), page.xDpi, page.yDpi);
  }
  if (image.bytes.empty()) {
    return badInput(Cause::fileTruncated,
                    "TIFF, page " + std::to_string(index + 1) + ": " + log_->last());
  }
  return image;
}

Result<std::string> TiffFile::extract(std::size_t index) {
  std::string bytes;
  if (TIFFSetDirectory(tiff_.get(), directories_[index]) != 0) {
    const IncomingPage& page = pages_[index];
    bytes = copyDirectory(tiff_.get(), page.xDpi, page.yDpi);
    if (bytes.empty()) bytes = decodeDirectory(tiff_.get(), page.xDpi, page.yDpi);
  }
  if (!bytes.empty()) return bytes;
  return badInput(Cause::fileTruncated,
                  "TIFF, page " + std::to_string(index + 1) + ": " + log_->last());
}

}  // namespace sohoa
