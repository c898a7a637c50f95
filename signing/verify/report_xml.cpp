#include "signing/verify/report_xml.h"

#include <fmt/format.h>

#include "core/texts/xml_text.h"
#include "signing/base/openssl_handles.h"

namespace sohoa {
namespace {

std::string base64(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytesOf(bytes),
                                   static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

std::string indicationUri(Indication indication) {
  return indication == Indication::totalPassed   ? "urn:etsi:019102:mainindication:total-passed"
         : indication == Indication::totalFailed ? "urn:etsi:019102:mainindication:total-failed"
                                                 : "urn:etsi:019102:mainindication:indeterminate";
}

/// The validation objects to which the signature reports refer.
class Objects {
 public:
  std::string add(const char* kind, std::string_view bytes) {
    const std::string id = fmt::format("object-{}", ++count_);
    text_ += fmt::format(
        "    <ValidationObject id=\"{}\">\n"
        "      <ObjectType>urn:etsi:019102:validationObject:{}</ObjectType>\n"
        "      <ValidationObjectRepresentation><base64>{}</base64>"
        "</ValidationObjectRepresentation>\n"
        "    </ValidationObject>\n",
        id, kind, base64(bytes));
    return id;
  }
  std::string all() const {
    if (count_ == 0) return {};
    return "  <SignatureValidationObjects>\n" + text_ + "  </SignatureValidationObjects>\n";
  }

 private:
  std::string text_;
  int count_ = 0;
};

/// What the signature shows, as additional report data (4.4.9): the standard has no element for it.
std::string appearanceOf(const SignatureReport::Appearance& a) {
  std::string out = "        <AdditionalValidationReportData>\n";
  const auto add = [&](const char* kind, std::string_view value) {
    out += fmt::format(
        "          <ReportData><Type>urn:sohoa:signature-appearance:{}</Type><Value>{}</Value>"
        "</ReportData>\n",
        kind, xmlAttribute(value));
  };
  add("page", !a.painted ? "none" : a.page == 0 ? "nowhere" : std::to_string(a.page));
  if (a.painted) {
    add("signed", a.wasSigned ? "true" : "false");
    add("unchanged", a.unchanged ? "true" : "false");
    if (!a.text.empty()) add("text", a.text);
  }
  for (const std::string& warning : a.warnings) add("warning", warning);
  return out + "        </AdditionalValidationReportData>\n";
}

std::string statusOf(const SignatureReport& s, Objects& objects) {
  std::string out = "    <SignatureValidationStatus>\n";
  out += fmt::format("      <MainIndication>{}</MainIndication>\n", indicationUri(s.indication));
  if (!s.subIndication.empty()) {
    out += fmt::format("      <SubIndication>urn:etsi:019102:subindication:{}</SubIndication>\n",
                       s.subIndication);
  }
  const auto& e = s.evidence;
  out += "      <AssociatedValidationReportData>\n";
  if (!e.certificates.empty()) {
    std::vector<std::string> ids;
    for (const std::string& der : e.certificates) ids.push_back(objects.add("certificate", der));
    out += fmt::format("        <TrustAnchor VOReference=\"{}\"/>\n", ids.back());
    out += fmt::format(
        "        <CertificateChain>\n          <SigningCertificate "
        "VOReference=\"{}\"/>\n",
        ids.front());
    for (std::size_t i = 1; i + 1 < ids.size(); ++i) {
      out += fmt::format("          <IntermediateCertificate VOReference=\"{}\"/>\n", ids[i]);
    }
    out += fmt::format("          <TrustAnchor VOReference=\"{}\"/>\n        </CertificateChain>\n",
                       ids.back());
    for (const std::string& der : e.revocation) {
      // An OCSPResponse starts with its status, an ENUMERATED of one octet (0A 01).
      const bool list = der.find("\x0a\x01") != der.find_first_of('\x0a') || der.size() < 2;
      out += fmt::format("        <RelatedValidationObject VOReference=\"{}\"/>\n",
                         objects.add(list ? "CRL" : "OCSPResponse", der));
    }
  }
  out += appearanceOf(s.appearance) + "      </AssociatedValidationReportData>\n";
  return out + "    </SignatureValidationStatus>\n";
}

std::string reportOf(const SignatureReport& s, Time validated, const std::string& name,
                     std::size_t number, Objects& objects) {
  std::string out = "  <SignatureValidationReport>\n";
  out += fmt::format("    <SignatureIdentifier id=\"signature-{}\">\n", number);
  if (!s.evidence.value.empty()) {
    out +=
        fmt::format("      <ds:SignatureValue>{}</ds:SignatureValue>\n", base64(s.evidence.value));
  }
  out += "      <HashOnly>false</HashOnly>\n      <DocHashOnly>false</DocHashOnly>\n";
  out += fmt::format("      <DAIdentifier>{}</DAIdentifier>\n    </SignatureIdentifier>\n",
                     xmlAttribute(name + "#" + s.field));
  out += fmt::format(
      "    <ValidationTimeInfo>\n      <ValidationTime>{}</ValidationTime>\n"
      "      <BestSignatureTime>\n        <POETime>{}</POETime>\n"
      "        <TypeOfProof>urn:etsi:019102:poetype:{}</TypeOfProof>\n"
      "      </BestSignatureTime>\n    </ValidationTimeInfo>\n",
      isoUtc(validated), isoUtc(s.provenAt.value_or(validated)), "validation");
  if (s.claimedAt) {
    out += fmt::format(
        "    <SignatureAttributes>\n      <SigningTime Signed=\"true\"><Time>{}</Time>"
        "</SigningTime>\n    </SignatureAttributes>\n",
        isoUtc(*s.claimedAt));
  }
  if (!s.evidence.certificates.empty()) {
    const std::string id = objects.add("certificate", s.evidence.certificates.front());
    out += fmt::format(
        "    <SignerInformation>\n      <SignerCertificate VOReference=\"{}\"/>\n"
        "      <Signer>{}</Signer>\n    </SignerInformation>\n",
        id, xmlAttribute(s.signer));
  }
  out +=
      "    <SignatureValidationProcess>\n      <SignatureValidationProcessID>"
      "urn:etsi:019102:validationprocess:LTA</SignatureValidationProcessID>\n"
      "    </SignatureValidationProcess>\n";
  return out + statusOf(s, objects) + "  </SignatureValidationReport>\n";
}

}  // namespace

std::string toEtsiXml(const VerificationReport& report, const std::string& name) {
  Objects objects;
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<ValidationReport xmlns=\"http://uri.etsi.org/19102/v1.4.1#\" "
      "xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">\n";
  for (std::size_t i = 0; i < report.signatures.size(); ++i) {
    out += reportOf(report.signatures[i], report.validatedAt, name, i + 1, objects);
  }
  if (report.signatures.empty()) {
    out +=
        "  <SignatureValidationReport>\n    <SignatureValidationStatus>\n"
        "      <MainIndication>urn:etsi:019102:mainindication:indeterminate</MainIndication>\n"
        "      <SubIndication>urn:etsi:019102:subindication:SIGNED_DATA_NOT_FOUND</SubIndication>\n"
        "    </SignatureValidationStatus>\n  </SignatureValidationReport>\n";
  }
  return out + objects.all() + "</ValidationReport>\n";
}

}  // namespace sohoa
