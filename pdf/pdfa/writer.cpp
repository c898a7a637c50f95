#include "pdf/pdfa/writer.h"

#include "pdf/pdfa/assembly.h"
#include "pdf/pdfa/xmp.h"

namespace sohoa {
namespace {

PdfInfo cleaned(PdfInfo info) {
  eachText(info, [](const char*, std::string& text) { text = cleanText(text); });
  // XMP wants a date here; what is none stays in the record of the dossier.
  if (!parseIsoDay(info.issuedOn)) info.issuedOn.clear();
  return info;
}

}  // namespace

Result<void> writePdfA(const std::filesystem::path& out, const std::vector<PdfPageSource>& pages,
                       const PdfInfo& info) {
  const auto failed = [&](const std::string& detail) {
    return ItemError{Stage::packaging, Cause::documentNotWritten, out.filename().string(), detail};
  };
  if (pages.empty()) return failed("a document without pages");
  const std::filesystem::path target = std::filesystem::absolute(out);
  try {
    Assembly assembly(target.parent_path(), pages, info.standard);
    for (const PdfPageSource& page : pages) {
      if (auto added = assembly.addPage(page); !added) {
        ItemError error = added.error();
        error.stage = Stage::packaging;
        return error;
      }
    }
    assembly.finish(cleaned(info));
    OutputFile file(target);
    assembly.write(file);
    file.publish();
    return {};
  } catch (const BatchError&) {
    throw;
  } catch (const std::exception& error) {  // QPDFExc among them
    return failed(error.what());
  }
}

}  // namespace sohoa
