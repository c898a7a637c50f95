#include "pdf/incoming/pdf_file.h"

#include "pdf/incoming/pdf_guard.h"
#include "pdf/incoming/pdf_image.h"

namespace sohoa {
namespace {

// qpdf reads on after guessing a lost cross-reference table anew: what it then finds may be an
// older state of the document, or only its beginning.
bool wasReconstructed(QPDF& pdf, std::string& reason) {
  for (const QPDFExc& warning : pdf.getWarnings()) {
    const std::string& text = warning.getMessageDetail();
    if (reason.empty()) reason = text;
    if (text.find("Attempting to reconstruct") != std::string::npos) return true;
  }
  return false;
}

bool isPasswordError(const QPDFExc& error) { return error.getErrorCode() == qpdf_e_password; }

template <class Work>
auto onPage(std::size_t page, Work&& work) -> decltype(work()) {
  try {
    return work();
  } catch (const PdfRefusal& refusal) {
    throw PdfRefusal(refusal.cause, "page " + std::to_string(page + 1) + ": " + refusal.what());
  } catch (const QPDFExc& error) {
    throw PdfRefusal(Cause::pdfDamaged, "page " + std::to_string(page + 1) + ": " + error.what());
  }
}

}  // namespace

Result<PdfFile> PdfFile::open(const std::filesystem::path& file, const IncomingLimits& limits) {
  return guardPdf([&]() -> Result<PdfFile> {
    PdfFile result;
    result.limits_ = limits;
    result.pdf_ = std::make_unique<QPDF>();
    QPDF& pdf = *result.pdf_;
    pdf.setSuppressWarnings(true);

    try {
      pdf.processFile(file.c_str());
    } catch (const QPDFExc& error) {
      if (isPasswordError(error)) return badInput(Cause::pdfEncrypted, error.what());
      throw;
    }
    if (pdf.isEncrypted()) return badInput(Cause::pdfEncrypted, "opens without a password");
    std::string reason;
    const bool guessed = wasReconstructed(pdf, reason);
    result.signed_ = holdsSignature(pdf);
    if (guessed && !result.signed_) return badInput(Cause::pdfDamaged, reason);
    try {
      result.pages_ = listPages(pdf);
    } catch (const std::exception&) {
      // A signed document is filed as it came, whatever state its page tree is in.
      if (!result.signed_) throw;
    }
    return result;
  });
}

Result<std::vector<IncomingPage>> PdfFile::inspectPages() {
  return guardPdf([&]() -> Result<std::vector<IncomingPage>> {
    std::vector<IncomingPage> pages;
    for (std::size_t i = 0; i < pages_.size(); ++i) {
      pages.push_back(
          onPage(i, [&] { return inspectScan(*pdf_, findScan(*pdf_, pages_[i]), limits_); }));
    }
    std::string reason;
    if (wasReconstructed(*pdf_, reason)) return badInput(Cause::pdfDamaged, reason);
    return pages;
  });
}

Result<PageImage> PdfFile::read(std::size_t page) {
  return guardPdf([&]() -> Result<PageImage> {
    return onPage(page, [&] { return extractScan(*pdf_, findScan(*pdf_, pages_[page]), limits_); });
  });
}

}  // namespace sohoa
