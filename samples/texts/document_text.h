#pragma once

#include <string>
#include <vector>

#include "samples/texts/pools.h"

namespace sohoa::samples {

enum class DocumentKind {
  landAllocation,  ///< Quyết định giao đất, cho thuê đất
  landRecovery,    ///< Quyết định thu hồi đất
  impactAssessment,  ///< Quyết định phê duyệt báo cáo đánh giá tác động môi trường
  landCertificate,      ///< trang nội dung Giấy chứng nhận quyền sử dụng đất
  environmentalPermit,  ///< Giấy xác nhận hoàn thành công trình bảo vệ môi trường
  groundwaterPermit,    ///< Giấy phép khai thác nước dưới đất
  dischargePermit,      ///< Giấy phép xả nước thải vào nguồn nước
  applicationForm,      ///< Đơn đề nghị, đơn đăng ký biến động
  inspectionMinutes,    ///< Biên bản kiểm tra thực địa, with ruled and unruled tables
};

const char* nameOf(DocumentKind kind);

/// What the truth file says of a document. Empty where the document has no such component.
struct Fields {
  std::string parentAgency;  ///< line above the issuing agency, "UBND TỈNH QUẢNG BÌNH"
  std::string agency;        ///< issuing agency, as printed
  std::string number;        ///< "1234"
  std::string symbol;        ///< "QĐ-STNMT"
  std::string place;         ///< "Quảng Bình"
  Date date;
  std::string typeName;         ///< "QUYẾT ĐỊNH"
  std::string abstract;         ///< trích yếu
  std::string authorityPrefix;  ///< "KT. GIÁM ĐỐC", one or two lines joined by a line feed
  std::string signerTitle;      ///< "PHÓ GIÁM ĐỐC"
  std::string signer;           ///< "Nguyễn Văn Tỵ"
  std::string numberSymbol() const { return number.empty() ? "" : number + "/" + symbol; }
};

struct Table {
  std::vector<double> widths;  ///< shares of the text width
  std::vector<std::vector<std::string>> rows;
  bool ruled = true;
  bool headed = true;  ///< row 0 is a bold, centred heading
};

enum class BlockKind { paragraph, centred, table, formLine, space };

/// One block of the body. `text` is Pango markup (only <b> and <i>).
struct Block {
  BlockKind kind = BlockKind::paragraph;
  std::string text;
  Table table;
  /// formLine only: what the applicant filled in after the printed label in `text`.
  std::string filled;
  bool indented = true;
};

struct Signer {
  std::string heading;  ///< may have several lines
  std::string name;
};

struct DocumentText {
  DocumentKind kind = DocumentKind::landAllocation;
  Fields fields;
  bool agencyHeader = true;  ///< false: only the national name, centred, as on a form
  std::string issuerLine;    ///< "GIÁM ĐỐC SỞ …" centred below the abstract, or empty
  std::vector<Block> blocks;
  std::vector<std::string> recipients;
  std::vector<Signer> signers;  ///< none, one at the right, or several side by side
  bool filledByHand = false;    ///< form lines: by pen on dotted leaders, otherwise typed
  std::string applicant;
  std::string sealOwner;  ///< legend along the seal; empty when the document bears no seal
};

/// A document of the kind, dated `date`; `brief` asks for one that fits one page or little more.
DocumentText writeDocument(DocumentKind kind, Random& random, const Date& date, bool brief);

}  // namespace sohoa::samples
