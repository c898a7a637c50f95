#include "pdf/incoming/extract_pages.h"

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include "core/durable.h"
#include "pdf/images/bad_input.h"
#include "pdf/images/tiff_file.h"
#include "pdf/incoming/pdf_guard.h"
#include "pdf/util/output_file.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

Result<void> extractFromTiff(const fs::path& file, int page, const fs::path& out) {
  auto tiff = TiffFile::open(file, {});
  if (!tiff) return tiff.error();
  if (page < 0 || static_cast<std::size_t>(page) >= tiff->pages().size()) {
    return badInput(Cause::fileTruncated, "no page " + std::to_string(page + 1));
  }
  const auto bytes = tiff->extract(static_cast<std::size_t>(page));
  if (!bytes) return bytes.error();
  writeFileDurably(out, *bytes);
  return {};
}

Result<void> extractFromPdf(const fs::path& file, int first, int count, const fs::path& out) {
  return guardPdf([&]() -> Result<void> {
    QPDF from;
    from.setSuppressWarnings(true);
    from.processFile(file.c_str());
    QPDFPageDocumentHelper source(from);
    source.pushInheritedAttributesToPage();
    std::vector<QPDFPageObjectHelper> pages = source.getAllPages();
    if (first < 0 || count < 1 ||
        static_cast<std::size_t>(first) + static_cast<std::size_t>(count) > pages.size()) {
      return badInput(Cause::fileTruncated, "no page " + std::to_string(first + count));
    }
    QPDF to;
    to.emptyPDF();
    to.setSuppressWarnings(true);
    QPDFPageDocumentHelper target(to);
    for (int i = first; i < first + count; ++i) {
      QPDFPageObjectHelper& page = pages[static_cast<std::size_t>(i)];
      // Scanners let all pages share one list of images: those of other dossiers stay behind.
      page.removeUnreferencedResources();
      target.addPage(page, false);
    }
    OutputFile written(out);
    QPDFWriter writer(to);
    writer.setOutputPipeline(&written);
    writer.setObjectStreamMode(qpdf_o_disable);
    writer.setStreamDataMode(qpdf_s_preserve);
    writer.setDeterministicID(true);
    writer.write();
    written.publish();
    return {};
  });
}

}  // namespace

Result<void> extractPages(const fs::path& file, int first, int count, const fs::path& out) {
  const std::string extension = file.extension().string();
  const bool pdf = extension.size() == 4 && (extension[1] == 'p' || extension[1] == 'P');
  auto done = pdf ? extractFromPdf(file, first, count, out) : extractFromTiff(file, first, out);
  if (done) return done;
  ItemError error = done.error();
  error.item = file.filename().string();
  return error;
}

}  // namespace sohoa
