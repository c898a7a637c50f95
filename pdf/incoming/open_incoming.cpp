#include "pdf/incoming/open_incoming.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <optional>
#include <variant>

#include "core/durable.h"
#include "pdf/images/jpeg_file.h"
#include "pdf/images/page_limits.h"
#include "pdf/images/png_file.h"
#include "pdf/images/tiff_file.h"
#include "pdf/incoming/pdf_file.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMaxImageFile = std::uintmax_t{1} << 30;

std::optional<FileKind> kindByContent(std::string_view start) {
  if (start.substr(0, 3) == "\xFF\xD8\xFF") return FileKind::jpeg;
  if (start.substr(0, 8) == kPngMagic) return FileKind::png;
  for (const std::string_view magic :
       {std::string_view("II*\0", 4), std::string_view("MM\0*", 4), std::string_view("II+\0", 4),
        std::string_view("MM\0+", 4)}) {
    if (start.substr(0, 4) == magic) return FileKind::tiff;
  }
  // Readers accept a PDF header within the first 1,024 bytes (ISO 32000-1, annex H).
  if (start.find("%PDF-") != std::string_view::npos) return FileKind::pdf;
  return {};
}

std::optional<FileKind> kindByName(const fs::path& file) {
  std::string extension = file.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (extension == ".jpg" || extension == ".jpeg") return FileKind::jpeg;
  if (extension == ".png") return FileKind::png;
  if (extension == ".tif" || extension == ".tiff") return FileKind::tiff;
  if (extension == ".pdf") return FileKind::pdf;
  return {};
}

struct ImageFile {
  PageImage image;
};

template <class Header>
Result<ImageFile> imageOf(std::string bytes, ImageFormat format, const Result<Header>& header,
                          const IncomingLimits& limits) {
  if (!header) return header.error();
  if (auto error = checkSize(header->width, header->height, limits)) return *error;
  const Resolution dpi = credibleResolution(header->width, header->height, header->densities);
  return ImageFile{
      {format, std::move(bytes), header->width, header->height, dpi.x, dpi.y, dpi.assumed}};
}

Result<ImageFile> readImage(const fs::path& file, FileKind kind, const IncomingLimits& limits) {
  if (fs::file_size(file) > kMaxImageFile) return badInput(Cause::imageTooLarge, "over 1 GiB");
  std::string bytes = readFile(file);
  if (kind == FileKind::jpeg) {
    const auto header = readJpegHeader(bytes);
    return imageOf(std::move(bytes), ImageFormat::jpeg, header, limits);
  }
  auto header = readPngHeader(bytes);
  if (header) header->data.clear(), header->palette = {};  // views of bytes that move
  return imageOf(std::move(bytes), ImageFormat::png, header, limits);
}

}  // namespace

struct OpenIncoming::State {
  std::string name;
  FileKind kind = FileKind::jpeg;
  std::variant<ImageFile, TiffFile, PdfFile> content;

  ItemError named(ItemError error) const {
    error.item = name;
    return error;
  }
};

OpenIncoming::OpenIncoming(std::unique_ptr<State> state) : state_(std::move(state)) {}
OpenIncoming::OpenIncoming(OpenIncoming&&) noexcept = default;
OpenIncoming& OpenIncoming::operator=(OpenIncoming&&) noexcept = default;
OpenIncoming::~OpenIncoming() = default;

Result<OpenIncoming> OpenIncoming::open(const fs::path& file, const IncomingLimits& limits) {
  auto state = std::make_unique<State>();
  state->name = file.filename().string();
  const auto fail = [&](Cause cause, const std::string& detail) {
    return state->named(badInput(cause, detail));
  };
  std::error_code failed;
  if (!fs::is_regular_file(file, failed)) {
    return fail(Cause::fileUnreadable, failed ? failed.message() : "not a file");
  }
  std::string start(1024, '\0');
  {
    std::ifstream in(file, std::ios::binary);
    in.read(start.data(), static_cast<std::streamsize>(start.size()));
    if (!in.is_open() || in.bad()) return fail(Cause::fileUnreadable, "cannot be opened or read");
    start.resize(static_cast<std::size_t>(in.gcount()));
  }
  if (start.empty()) return fail(Cause::fileEmpty, "");
  const auto byName = kindByName(file), byContent = kindByContent(start);
  if (!byContent || byContent != byName) {
    return fail(Cause::fileType, byContent ? "content and extension differ" : "unknown content");
  }
  state->kind = *byContent;
  const auto take = [&](auto opened) -> std::optional<ItemError> {
    if (!opened) return state->named(opened.error());
    state->content = std::move(*opened);
    return {};
  };
  try {
    const auto error = state->kind == FileKind::tiff  ? take(TiffFile::open(file, limits))
                       : state->kind == FileKind::pdf ? take(PdfFile::open(file, limits))
                                                      : take(readImage(file, state->kind, limits));
    if (error) return *error;
  } catch (const fs::filesystem_error& error) {
    return fail(Cause::fileUnreadable, error.what());
  }
  return OpenIncoming(std::move(state));
}

Result<IncomingFile> OpenIncoming::inspect() {
  IncomingFile file;
  file.kind = state_->kind;
  if (auto* image = std::get_if<ImageFile>(&state_->content)) {
    const PageImage& page = image->image;
    file.pages = {{page.width, page.height, page.xDpi, page.yDpi, page.dpiAssumed}};
  } else if (auto* tiff = std::get_if<TiffFile>(&state_->content)) {
    file.pages = tiff->pages();
  } else {
    auto& pdf = std::get<PdfFile>(state_->content);
    file.alreadySigned = pdf.isSigned();
    file.pageCount = pdf.pageCount();
    auto pages = pdf.inspectPages();
    if (!pages && file.alreadySigned) return file;  // a document of its own, whatever it shows
    if (!pages) return state_->named(pages.error());
    file.pages = std::move(*pages);
  }
  file.pageCount = static_cast<int>(file.pages.size());
  return file;
}

Result<PageImage> OpenIncoming::page(int index) {
  const auto fail = [&](const ItemError& error) { return state_->named(error); };
  const auto outside = [&](std::size_t count) {
    return index < 0 || static_cast<std::size_t>(index) >= count;
  };
  const ItemError none = badInput(Cause::fileTruncated, "no page " + std::to_string(index + 1));
  if (auto* image = std::get_if<ImageFile>(&state_->content)) {
    if (outside(1)) return fail(none);
    return image->image;
  }
  if (auto* tiff = std::get_if<TiffFile>(&state_->content)) {
    if (outside(tiff->pages().size())) return fail(none);
    auto page = tiff->read(static_cast<std::size_t>(index));
    if (!page) return fail(page.error());
    return page;
  }
  auto& pdf = std::get<PdfFile>(state_->content);
  if (outside(static_cast<std::size_t>(pdf.pageCount()))) return fail(none);
  auto page = pdf.read(static_cast<std::size_t>(index));
  if (!page) return fail(page.error());
  return page;
}

}  // namespace sohoa
