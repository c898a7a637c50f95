#include "tests/signing/attack_kit.h"

#include <fmt/format.h>

#include <algorithm>

#include "signing/base/openssl_handles.h"
#include "signing/pades/cms_sign.h"

namespace sohoa::test {

std::string updated(const std::string& bytes, const Objects& objects,
                    const std::string& trailerKeys) {
  std::string out = bytes;
  const std::size_t previous = bytes.rfind("startxref");
  const std::string offset =
      bytes.substr(previous + 10, bytes.find('\n', previous + 10) - previous - 10);
  std::string table = "xref\n";
  int size = 200;
  for (const auto& [number, body] : objects) {
    table += body.empty() ? fmt::format("{} 1\n{:010} {:05} f \n", number, 0, 1)
                          : fmt::format("{} 1\n{:010} 00000 n \n", number, out.size());
    if (!body.empty()) out += fmt::format("{} 0 obj\n{}\nendobj\n", number, body);
    size = std::max(size, number + 1);
  }
  const std::size_t startxref = out.size();
  return out + table +
         fmt::format(
             "trailer\n<</Size {} /Prev {} {} /ID [<00112233445566778899AABBCCDDEEFF> "
             "<00>]>>\nstartxref\n{}\n%%EOF\n",
             size, offset, trailerKeys, startxref);
}

std::string bodyOf(const std::string& bytes, int number) {
  const std::string head = fmt::format("\n{} 0 obj\n", number);
  const std::size_t at = bytes.rfind(head) + head.size();
  return bytes.substr(at, bytes.find("\nendobj", at) - at);
}

namespace {

/// `list` is the key of an array inside a dictionary's body; added when missing.
std::string withItem(std::string body, const std::string& key, const std::string& item) {
  const std::size_t at = body.find(key + " [");
  if (at == std::string::npos) {
    return body.substr(0, body.rfind(">>")) + " " + key + " [" + item + "]>>";
  }
  body.insert(body.find(']', at), " " + item);
  return body;
}

}  // namespace

std::string handSigned(const std::string& bytes, const HandSignature& wish,
                       const std::function<std::string(const std::string&)>& cms) {
  // Numbers that no other signature of the file has.
  const int base = 100 + 10 * static_cast<int>(std::count(bytes.begin(), bytes.end(), '\x25'));
  const int field = wish.existing != 0 ? wish.existing : base, value = base + 1, form = base + 2;
  const std::string range = "[0 0000000000 0000000000 0000000000]";
  const std::string hole = "<" + std::string(wish.reserved * 2, '0') + ">";
  const std::string signature = fmt::format(
      "<</Type /{} /Filter /Adobe.PPKLite /SubFilter /{} {} /ByteRange {} /Contents {}>>",
      !wish.type.empty()              ? wish.type
      : wish.format == "ETSI.RFC3161" ? "DocTimeStamp"
                                      : "Sig",
      wish.format, wish.dictionaryKeys, range, hole);
  const std::string looks = wish.appearance.empty() ? "" : fmt::format("/AP <</N {} 0 R>>", form);
  Objects objects = wish.more;
  objects.emplace_back(value, signature);
  if (wish.existing != 0) {
    std::string body = bodyOf(bytes, field);
    body = body.substr(0, body.rfind(">>")) + fmt::format(" /V {} 0 R {}>>", value, looks);
    objects.emplace_back(field, body);
  } else {
    objects.emplace_back(
        field, fmt::format("<</FT /Sig /T ({}) /Type /Annot /Subtype /Widget /F 132 /P 3 0 R "
                           "/Rect {} /V {} 0 R {} {}>>",
                           wish.field, wish.rect, value, looks, wish.widgetKeys));
    objects.emplace_back(3, withItem(bodyOf(bytes, 3), "/Annots", fmt::format("{} 0 R", field)));
    std::string catalog = bodyOf(bytes, 1);
    const std::size_t at = catalog.find("/AcroForm ");
    if (at == std::string::npos) {
      catalog =
          catalog.substr(0, catalog.rfind(">>")) +
          fmt::format(" /AcroForm <</SigFlags 3 /Fields [{} 0 R]>> {}>>", field, wish.catalogKeys);
      objects.emplace_back(1, catalog);
    } else if (catalog[at + 10] == '<') {
      catalog = withItem(catalog, "/Fields", fmt::format("{} 0 R", field));
      objects.emplace_back(1, catalog.substr(0, catalog.rfind(">>")) + wish.catalogKeys + ">>");
    } else {
      const int number = std::stoi(catalog.substr(at + 10));
      objects.emplace_back(
          number, withItem(bodyOf(bytes, number), "/Fields", fmt::format("{} 0 R", field)));
    }
  }
  if (!wish.appearance.empty()) {
    objects.emplace_back(form, fmt::format("<</Type /XObject /Subtype /Form /BBox [0 0 100 100] "
                                           "/Resources <<>> /Length {}>>\nstream\n{}\nendstream",
                                           wish.appearance.size(), wish.appearance));
  }
  std::string out = updated(bytes, objects);
  const std::size_t gap = out.rfind(hole), end = gap + hole.size();
  out.replace(out.rfind(range), range.size(),
              fmt::format("[0 {:010} {:010} {:010}]", gap, end, out.size() - end));
  const std::string made = cms(out.substr(0, gap) + out.substr(end));
  if (made.size() > wish.reserved) throw std::runtime_error("the reservation is too small");
  for (std::size_t i = 0; i < made.size(); ++i) {
    out.replace(gap + 1 + 2 * i, 2, fmt::format("{:02x}", static_cast<unsigned char>(made[i])));
  }
  return out;
}

std::string handSigned(const std::string& bytes, const HandSignature& wish, const SigningKey& key) {
  return handSigned(bytes, wish, [&](const std::string& text) {
    return CmsSignature(key, {}, digestOf(EVP_sha256(), text)).der();
  });
}

void AttackTest::SetUp() {
  good_ = slurp(signedFile(PlainPdf{}.bytes(), visible()));
  raw_ = rawSignature(good_);
}

void AttackTest::expectNoneValid(
    const std::vector<std::pair<std::string, std::string>>& attacks) const {
  EXPECT_GE(attacks.size(), 10u);
  for (const auto& [name, bytes] : attacks) {
    SCOPED_TRACE(name);
    const VerificationReport report = verifyBytes(bytes);
    EXPECT_NE(verdictOf(report), "valid");
    EXPECT_NE(verdictOf(report), "unsigned");
    EXPECT_NE(toJson(report).find("\"reason\": \""), std::string::npos);
  }
}

}  // namespace sohoa::test
