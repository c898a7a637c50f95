#include "signing/pades.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <set>

#include "core/durable.h"
#include "pdf/incremental.h"
#include "pdf/mapped_file.h"
#include "pdf/posix_write.h"
#include "pdf/signature_fields.h"
#include "pdf/signing_permissions.h"
#include "pdf/text_string.h"
#include "signing/appearance.h"
#include "signing/cms_sign.h"
#include "signing/first_page.h"
#include "signing/openssl.h"
#include "signing/pdf_date.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using Kind = PdfValue::Kind;

ItemError refused(Cause cause, const fs::path& file, std::string detail) {
  return {Stage::signing, cause, file.filename().string(), std::move(detail)};
}

std::string uniqueName(const std::string& wanted, const std::set<std::string>& taken) {
  if (taken.count(wanted) == 0) return wanted;
  std::string stem = wanted;
  while (!stem.empty() && stem.back() >= '0' && stem.back() <= '9') stem.pop_back();
  for (int n = 2;; ++n) {
    const std::string name = stem + std::to_string(n);
    if (taken.count(name) == 0) return name;
  }
}

/// Appends a reference to the array under `key`, wherever that array is kept: only that object
/// changes. True when the holder itself was changed.
bool appendReference(const PdfRevisions& file, IncrementalUpdate& update, PdfValue& holder,
                     std::string_view key, PdfRef added) {
  const PdfValue* now = holder.find(key);
  if (now != nullptr && now->is(Kind::reference)) {
    PdfValue list = file.resolve(*now);
    if (list.is(Kind::array)) {
      list.items.push_back(PdfValue::ofReference(added));
      update.put(now->reference, list);
      return false;
    }
    now = nullptr;
  }
  PdfValue list = now != nullptr && now->is(Kind::array) ? *now : PdfValue::ofArray({});
  list.items.push_back(PdfValue::ofReference(added));
  holder.set(key, std::move(list));
  return true;
}

void addToForm(const PdfRevisions& file, IncrementalUpdate& update, PdfRef field) {
  PdfValue catalog = file.catalog();
  const PdfValue* kept = catalog.find("AcroForm");
  PdfValue form = kept != nullptr ? file.resolve(*kept) : PdfValue{};
  const bool indirect = kept != nullptr && kept->is(Kind::reference) && form.is(Kind::dictionary);
  const PdfRef formRef = indirect ? kept->reference : PdfRef{};
  if (!form.is(Kind::dictionary)) form = PdfValue::ofDictionary();
  bool changed = appendReference(file, update, form, "Fields", field);
  // 12.7.2: SignaturesExist and AppendOnly. No /DA, /DR or /NeedAppearances: they would pull in
  // fonts that are not embedded, or make a reader change the file.
  const PdfValue flags = file.get(form, "SigFlags");
  if (flags.integer != 3) {
    form.set("SigFlags", PdfValue::ofInteger(3 | flags.integer));
    changed = true;
  }
  if (!changed) return;
  if (indirect) {
    update.put(formRef, form);
    return;
  }
  const PdfRef made = update.allocate();
  update.put(made, form);
  catalog.set("AcroForm", PdfValue::ofReference(made));
  update.put(file.trailer().find("Root")->reference, catalog);
}

constexpr std::string_view kRangePlaceholder = "0 0000000000 0000000000 0000000000";

struct SignatureBody {
  std::string text;
  std::size_t range = 0;     ///< offset in text of the four numbers
  std::size_t contents = 0;  ///< offset in text of '<'
  std::size_t digits = 0;    ///< between '<' and '>'
};

SignatureBody signatureBody(const SigningKey& key, const SignatureRequest& request) {
  SignatureBody body;
  body.digits = 2 * cmsSizeBound(key);
  body.text = "<</Type /Sig\n/Filter /Adobe.PPKLite\n/SubFilter /ETSI.CAdES.detached\n/ByteRange [";
  body.range = body.text.size();
  body.text += kRangePlaceholder;
  body.text += "]\n/Contents ";
  body.contents = body.text.size();
  body.text += '<' + std::string(body.digits, '0') + '>';
  body.text += "\n/M " + serialise(PdfValue::ofString(pdfDate(request.at)));
  const std::string& name = key.certificate().commonName;
  if (!name.empty()) body.text += "\n/Name " + serialise(PdfValue::ofString(pdfStringOfText(name)));
  if (!request.reason.empty()) {
    body.text += "\n/Reason " + serialise(PdfValue::ofString(pdfStringOfText(request.reason)));
  }
  body.text += ">>";
  return body;
}

class Hash {
 public:
  Hash() : context_(EVP_MD_CTX_new()) { EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr); }
  void add(std::string_view data) { EVP_DigestUpdate(context_.get(), data.data(), data.size()); }
  /// The digest so far; more can be added.
  std::string soFar() const {
    const DigestContext copy(EVP_MD_CTX_new());
    std::string digest(32, '\0');
    if (EVP_MD_CTX_copy_ex(copy.get(), context_.get()) != 1 ||
        EVP_DigestFinal_ex(copy.get(), reinterpret_cast<unsigned char*>(digest.data()), nullptr) !=
            1) {
      throw BatchError(Cause::signingStopped, drainOpensslErrors());
    }
    return digest;
  }

 private:
  DigestContext context_;
};

/// Writes both parts beside `out`, syncs, and renames: complete or not at all.
void writeOut(const fs::path& out, std::string_view prefix, std::string_view update) {
  static std::atomic<unsigned> counter{0};
  const fs::path temporary =
      out.parent_path() /
      fmt::format(".{}.tmp{}-{}", out.filename().string(), ::getpid(), counter++);
  const int fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (fd < 0) throwDiskError(temporary);
  try {
    try {
      writeAll(fd, prefix, temporary);
      writeAll(fd, update, temporary);
      if (::fsync(fd) != 0) throwDiskError(temporary);
    } catch (...) {
      ::close(fd);
      throw;
    }
    if (::close(fd) != 0) throwDiskError(temporary);
    renameDurably(temporary, out);
  } catch (...) {
    ::unlink(temporary.c_str());
    throw;
  }
}

Result<void> sign(std::string_view bytes, const fs::path& in, const fs::path& out,
                  const SigningKey& key, const SignatureRequest& request) {
  const PdfRevisions file(bytes);
  if (file.isEncrypted()) return refused(Cause::pdfEncrypted, in, "");
  const PdfValue form = file.get(file.catalog(), "AcroForm");
  if (form.find("XFA") != nullptr) {
    return refused(Cause::documentNotSigned, in, "the document is an XFA form");
  }
  const std::vector<SignatureField> fields = readSignatureFields(file);
  const SigningPermissions permissions = readSigningPermissions(file, fields);
  std::set<std::string> taken;
  for (const SignatureField& field : fields) taken.insert(field.name);
  for (const PdfValue& item : file.get(form, "Fields").items) {
    const PdfValue title = file.get(file.resolve(item), "T");
    if (title.is(Kind::string)) taken.insert(textOfPdfString(title.text));
  }
  // 12.7.3.2: a partial name holds no period.
  std::string wanted = request.fieldName.empty() ? "Signature1" : request.fieldName;
  std::replace(wanted.begin(), wanted.end(), '.', '_');
  const std::string name = uniqueName(wanted, taken);
  if (permissions.certifiedNoChange) {
    return refused(Cause::documentNotSigned, in, "the document is certified: no changes allowed");
  }
  if (permissions.locks(name)) {
    return refused(Cause::documentNotSigned, in, "an earlier signature locks the form's fields");
  }

  IncrementalUpdate update(file);
  FirstPage first = readFirstPage(file);
  auto appearance = addAppearance(update, request.appearance, first.geometry);
  if (!appearance) return appearance.error();
  const PdfRef signatureRef = update.allocate(), widgetRef = update.allocate();
  PdfValue shown = PdfValue::ofDictionary();
  shown.set("N", PdfValue::ofReference(appearance->normal));
  PdfValue widget = PdfValue::ofDictionary();
  widget.set("Type", PdfValue::ofName("Annot"));
  widget.set("Subtype", PdfValue::ofName("Widget"));
  widget.set("FT", PdfValue::ofName("Sig"));
  widget.set("T", PdfValue::ofString(pdfStringOfText(name)));
  widget.set("V", PdfValue::ofReference(signatureRef));
  widget.set("F", PdfValue::ofInteger(132));  // Print, Locked
  widget.set("P", PdfValue::ofReference(first.reference));
  widget.set("Rect", appearance->rect);
  widget.set("AP", std::move(shown));
  update.put(widgetRef, widget);
  if (appendReference(file, update, first.page, "Annots", widgetRef)) {
    update.put(first.reference, first.page);
  }
  addToForm(file, update, widgetRef);
  const SignatureBody body = signatureBody(key, request);
  update.put(signatureRef, body.text);

  Hash hash;
  hash.add(bytes);
  const std::string id = digestOf(EVP_sha256(), hash.soFar() + body.text).substr(0, 16);
  IncrementalUpdate::Rendered rendered = update.render(id);
  const std::size_t at = rendered.bodies.at(signatureRef.number) - bytes.size();
  const std::size_t gap = at + body.contents, afterGap = gap + body.digits + 2;
  const std::string range = fmt::format("0 {} {} {}", bytes.size() + gap, bytes.size() + afterGap,
                                        rendered.bytes.size() - afterGap);
  if (range.size() > kRangePlaceholder.size()) {
    return refused(Cause::documentNotSigned, in, "the file is too big");
  }
  rendered.bytes.replace(at + body.range, kRangePlaceholder.size(),
                         range + std::string(kRangePlaceholder.size() - range.size(), ' '));
  hash.add(std::string_view(rendered.bytes).substr(0, gap));
  hash.add(std::string_view(rendered.bytes).substr(afterGap));
  const std::string cms = makeCms(key, hash.soFar());
  if (2 * cms.size() > body.digits) {
    throw BatchError(Cause::signingStopped, fmt::format("the signature needs {} bytes of {}",
                                                        cms.size(), body.digits / 2));
  }
  constexpr char kHex[] = "0123456789abcdef";
  for (std::size_t i = 0; i < cms.size(); ++i) {
    const auto byte = static_cast<unsigned char>(cms[i]);
    rendered.bytes[gap + 1 + 2 * i] = kHex[byte >> 4];
    rendered.bytes[gap + 2 + 2 * i] = kHex[byte & 15];
  }
  writeOut(out, bytes, rendered.bytes);
  return {};
}

}  // namespace

Result<void> signPdf(const fs::path& in, const fs::path& out, const SigningKey& key,
                     const SignatureRequest& request) {
  try {
    const MappedFile file(in);
    return sign(file.bytes(), in, out, key, request);
  } catch (const PdfSyntaxError& error) {
    return refused(Cause::pdfDamaged, in, error.what());
  } catch (const fs::filesystem_error& error) {
    return refused(Cause::fileUnreadable, in, error.what());
  }
}

}  // namespace sohoa
