#include "pdf/pdfa/xmp.h"

#include <fmt/format.h>

#include "core/document_kind.h"
#include "core/texts/xml_text.h"
#include "pdf/util/text_string.h"

namespace sohoa {
namespace {

void appendUtf8(std::string& out, char32_t code) {
  const auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | code >> 6), put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12), put(0x80 | (code >> 6 & 0x3F)), put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | code >> 18), put(0x80 | (code >> 12 & 0x3F));
    put(0x80 | (code >> 6 & 0x3F)), put(0x80 | (code & 0x3F));
  }
}

std::string languages(std::string_view property, const std::string& text) {
  if (text.empty()) return {};
  return fmt::format(
      "   <{0}><rdf:Alt><rdf:li xml:lang=\"x-default\">{1}</rdf:li>"
      "<rdf:li xml:lang=\"vi\">{1}</rdf:li></rdf:Alt></{0}>\n",
      property, xmlText(text));
}

std::string simple(std::string_view property, const std::string& text) {
  return text.empty() ? std::string() : fmt::format("   <{0}>{1}</{0}>\n", property, xmlText(text));
}

std::string described(std::string_view prefix, std::string_view uri, const std::string& body) {
  if (body.empty()) return {};
  return fmt::format("  <rdf:Description rdf:about=\"\" xmlns:{}=\"{}\">\n{}  </rdf:Description>\n",
                     prefix, uri, body);
}

constexpr std::string_view kNamespace = "urn:sohoa:ns:dossier:1.0#";

struct Property {
  const char* name;
  const char* type;
  const char* meaning;
  std::string PdfInfo::*value;
};

constexpr Property kProperties[] = {
    {"dossierCode", "Text", "code of the dossier, as the one-stop system issued it",
     &PdfInfo::dossierCode},
    {"documentCode", "Text", "code of this document in its dossier", &PdfInfo::documentCode},
    {"procedureCode", "Text", "code of the administrative procedure", &PdfInfo::procedureCode},
    {"procedureName", "Text", "name of the administrative procedure", &PdfInfo::procedureName},
    {"unit", "Text", "unit that dealt with the dossier", &PdfInfo::unit},
    {"documentType", "Text", "type of the paper", &PdfInfo::documentType},
    {"documentNumber", "Text", "number and symbol of the paper", &PdfInfo::documentNumber},
    {"documentSymbol", "Text", "symbol of the paper", &PdfInfo::documentSymbol},
    {"issuedOn", "Date", "day the paper was issued", &PdfInfo::issuedOn},
    {"issuer", "Text", "agency that issued the paper", &PdfInfo::issuer},
    {"abstract", "Text", "what the paper is about, as it says itself", &PdfInfo::abstract},
    {"signer", "Text", "person who signed the paper", &PdfInfo::signer},
    {"signerTitle", "Text", "office of the person who signed", &PdfInfo::signerTitle},
    {"validity", "Text", "how long the paper is in force", &PdfInfo::validity},
};

/// Told from the code of the document.
constexpr std::string_view kKind = "documentKind";
constexpr std::string_view kKindMeans = "what it is: result, processing or component";

std::string propertyOfSchema(std::string_view name, std::string_view type,
                             std::string_view meaning) {
  return fmt::format(
      "      <rdf:li rdf:parseType=\"Resource\">\n"
      "       <pdfaProperty:name>{}</pdfaProperty:name>\n"
      "       <pdfaProperty:valueType>{}</pdfaProperty:valueType>\n"
      "       <pdfaProperty:category>external</pdfaProperty:category>\n"
      "       <pdfaProperty:description>{}</pdfaProperty:description>\n"
      "      </rdf:li>\n",
      name, type, meaning);
}

// ISO 19005-1, 6.7.8: properties outside the predefined schemas need a description in the file.
// Only those that the file uses are described: the packet is not compressed.
std::string extensionSchema(const PdfInfo& info) {
  std::string properties;
  for (const Property& property : kProperties) {
    if ((info.*property.value).empty()) continue;
    properties += propertyOfSchema(property.name, property.type, property.meaning);
  }
  if (!info.documentCode.empty()) properties += propertyOfSchema(kKind, "Text", kKindMeans);
  if (properties.empty()) return {};
  return fmt::format(
      "  <rdf:Description rdf:about=\"\"\n"
      "    xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\"\n"
      "    xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\"\n"
      "    xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
      "   <pdfaExtension:schemas><rdf:Bag>\n"
      "    <rdf:li rdf:parseType=\"Resource\">\n"
      "     <pdfaSchema:schema>Administrative dossier</pdfaSchema:schema>\n"
      "     <pdfaSchema:namespaceURI>{}</pdfaSchema:namespaceURI>\n"
      "     <pdfaSchema:prefix>sohoa</pdfaSchema:prefix>\n"
      "     <pdfaSchema:property><rdf:Seq>\n{}"
      "     </rdf:Seq></pdfaSchema:property>\n"
      "    </rdf:li>\n"
      "   </rdf:Bag></pdfaExtension:schemas>\n"
      "  </rdf:Description>\n",
      kNamespace, properties);
}

std::string ownProperties(const PdfInfo& info) {
  std::string out;
  if (!info.documentCode.empty()) {
    out += simple(fmt::format("sohoa:{}", kKind),
                  std::string(nameOf(documentKindOfCode(info.documentCode))));
  }
  for (const Property& property : kProperties) {
    out += simple(fmt::format("sohoa:{}", property.name), info.*property.value);
  }
  return out;
}

std::string list(std::string_view property, std::string_view kind, const std::string& text) {
  if (text.empty()) return {};
  return fmt::format("   <{0}><rdf:{1}><rdf:li>{2}</rdf:li></rdf:{1}></{0}>\n", property, kind,
                     xmlText(text));
}

}  // namespace

std::string cleanText(std::string_view text) {
  std::string out;
  for (const char32_t code : codePoints(text)) {
    const bool control = code < 0x20 || (code >= 0x7F && code < 0xA0);
    const bool forbidden = code == 0xFFFE || code == 0xFFFF || (code >= 0xD800 && code < 0xE000);
    appendUtf8(out, control ? U' ' : forbidden ? U'\uFFFD' : code);
  }
  return out;
}

std::string xmpPacket(const PdfInfo& info) {
  const std::string date = isoVietnam(info.created);
  std::string dublinCore = "   <dc:format>application/pdf</dc:format>\n";
  dublinCore += simple("dc:identifier", info.documentCode);
  dublinCore += languages("dc:title", info.title);
  dublinCore += list("dc:creator", "Seq", info.author);
  dublinCore += list("dc:publisher", "Bag", info.issuer);
  dublinCore += list("dc:type", "Bag", info.documentType);
  dublinCore += list("dc:date", "Seq", info.issuedOn);
  dublinCore += languages("dc:description", info.subject);
  dublinCore += "   <dc:language><rdf:Bag><rdf:li>vi</rdf:li></rdf:Bag></dc:language>\n";
  const std::string body =
      described("dc", "http://purl.org/dc/elements/1.1/", dublinCore) +
      described(
          "pdf", "http://ns.adobe.com/pdf/1.3/",
          simple("pdf:Producer", std::string(kProducer)) + simple("pdf:Keywords", info.keywords)) +
      described("xmp", "http://ns.adobe.com/xap/1.0/",
                simple("xmp:CreatorTool", std::string(kCreator)) + simple("xmp:CreateDate", date) +
                    simple("xmp:ModifyDate", date) + simple("xmp:MetadataDate", date)) +
      described("pdfaid", "http://www.aiim.org/pdfa/ns/id/",
                simple("pdfaid:part", info.standard == PdfStandard::pdfA1b ? "1" : "2") +
                    simple("pdfaid:conformance", "B")) +
      extensionSchema(info) + described("sohoa", kNamespace, ownProperties(info));
  return "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
         "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
         " <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n" +
         body + " </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>";
}

}  // namespace sohoa
