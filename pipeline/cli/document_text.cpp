#include "pipeline/cli/document_text.h"

#include "pipeline/intake/signed_scans.h"

namespace sohoa::cli {

std::string_view kindInWords(const Context& context, DocumentKind kind) {
  switch (kind) {
    case DocumentKind::result:
      return context.tr(textId("result"));
    case DocumentKind::processing:
      return context.tr(textId("processing document"));
    case DocumentKind::component:
      return context.tr(textId("component of the dossier"));
  }
  return {};
}

std::string notCountedInWords(const Context& context, const std::string& code) {
  const auto put = [&](std::string_view text) { return std::string(context.tr(text)); };
  if (code == "no_result") return put(textId("it has no result"));
  if (code == received::kAsReceived)
    return put(textId("it came in signed, and is filed as received"));
  if (code == received::kNotScanned) {
    return put(
        textId("it came in signed, its pages are not all scans, and it is filed as received"));
  }
  if (code == received::kSigner) {
    return put(
        textId("it is a scan signed by somebody who is not in scan.signers of sohoa.toml, and is "
               "filed as received"));
  }
  if (code == received::kSignature) {
    return put(textId(
        "it is a signed scan whose signature cannot be relied on, and is filed as received"));
  }
  return causeFromCode(code) ? context.reason(code, "") : code;
}

}  // namespace sohoa::cli
