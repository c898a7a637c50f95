#include <array>

#include "samples/texts/texts.h"

namespace sohoa::samples {
namespace {

constexpr std::array<const char*, 6> kPurposes = {
    "đất ở tại nông thôn",   "đất thương mại, dịch vụ", "đất cơ sở sản xuất phi nông nghiệp",
    "đất trồng cây lâu năm", "đất giao thông",          "đất nuôi trồng thủy sản"};
constexpr std::array<const char*, 4> kOrigins = {
    "Nhà nước giao đất có thu tiền sử dụng đất", "Nhận chuyển nhượng quyền sử dụng đất",
    "Công nhận quyền sử dụng đất như giao đất có thu tiền sử dụng đất",
    "Nhà nước cho thuê đất trả tiền hàng năm"};

std::string petition(Random& random, const Date& date) {
  return "Theo đề nghị của Giám đốc Sở Tài nguyên và Môi trường tại Tờ trình số " +
         std::to_string(random.integer(101, 980)) + "/TTr-STNMT ngày " +
         date.plus(-random.integer(3, 12)).slash();
}

}  // namespace

void writeLandAllocation(DocumentText& text, Random& random, bool brief) {
  issuedByProvince(text, random, "QĐ");
  Fields& fields = text.fields;
  fields.typeName = "QUYẾT ĐỊNH";
  const bool lease = random.chance(0.45);
  const std::string company = drawCompany(random);
  const std::string project = drawProject(random);
  const Place place = drawPlace(random);
  const double area = random.real(820, 46000);
  const std::string purpose = random.pick(kPurposes);
  text.applicant = company;
  fields.abstract = "Về việc " + std::string(lease ? "cho thuê đất" : "giao đất") +
                    " để thực hiện dự án " + project + " tại " + place.commune + ", " +
                    place.district;
  addBases(text, random, "land", brief ? random.integer(1, 2) : random.integer(3, 5));
  if (!brief) {
    text.blocks.push_back(
        basis("Căn cứ Quyết định số " + std::to_string(random.integer(210, 990)) +
              "/QĐ-UBND ngày " + fields.date.plus(-random.integer(60, 160)).slash() +
              " của Ủy ban nhân dân tỉnh về việc phê duyệt kế hoạch sử dụng đất năm 2021 của " +
              place.district + ";"));
  }
  text.blocks.push_back(basis(petition(random, fields.date) + "."));
  text.blocks.push_back(centred("<b>QUYẾT ĐỊNH:</b>"));
  text.blocks.push_back(article(1, std::string(lease ? "Cho " : "Giao cho ") + company +
                                       (lease ? " thuê " : " ") + vietnameseNumber(area, 1) +
                                       " m² đất tại " + parcel(random) + ", " + place.village +
                                       ", " + place.commune + ", " + place.district +
                                       " để thực hiện dự án " + project + ", cụ thể như sau:"));
  text.blocks.push_back(item("Mục đích sử dụng đất: " + purpose + "."));
  text.blocks.push_back(item(
      "Thời hạn sử dụng đất: đến ngày " +
      Date{2021 + random.integer(20, 49), random.integer(1, 12), random.integer(1, 28)}.slash() +
      "."));
  text.blocks.push_back(
      item(lease ? "Hình thức thuê đất: Nhà nước cho thuê đất trả tiền thuê đất hàng năm."
                 : "Hình thức giao đất: Nhà nước giao đất có thu tiền sử dụng đất, không "
                   "thông qua đấu giá quyền sử dụng đất."));
  text.blocks.push_back(
      item("Vị trí, ranh giới khu đất được xác định theo Mảnh trích đo địa chính số " +
           std::to_string(random.integer(4, 160)) + "-2021, tỷ lệ 1/" +
           std::string(random.chance(0.5) ? "500" : "1.000") + " do Văn phòng Đăng ký đất đai " +
           "xác lập ngày " + fields.date.plus(-random.integer(20, 70)).slash() + "."));
  text.blocks.push_back(article(
      2, "Căn cứ nội dung tại Điều 1 Quyết định này, giao trách nhiệm cho các đơn vị sau:"));
  text.blocks.push_back(paragraph(
      "1. Sở Tài nguyên và Môi trường chỉ đạo Văn phòng Đăng ký đất đai cập nhật, chỉnh lý hồ sơ "
      "địa chính; tổ chức bàn giao đất trên thực địa và trao Giấy chứng nhận cho người sử dụng "
      "đất khi đã hoàn thành nghĩa vụ tài chính theo quy định."));
  text.blocks.push_back(paragraph(
      "2. Cục Thuế tỉnh thông báo cho " + company +
      (lease ? " nộp tiền thuê đất, phí và lệ phí" : " nộp tiền sử dụng đất, phí và lệ phí") +
      " theo đúng quy định của pháp luật."));
  if (!brief) {
    text.blocks.push_back(paragraph(
        "3. Sở Xây dựng, Sở Kế hoạch và Đầu tư theo chức năng, nhiệm vụ được giao có trách nhiệm "
        "hướng dẫn, kiểm tra việc thực hiện dự án đúng quy hoạch và tiến độ đã được chấp thuận."));
    text.blocks.push_back(paragraph(
        "4. Ủy ban nhân dân " + place.district + " chỉ đạo Ủy ban nhân dân " + place.commune +
        " phối hợp xác định mốc giới, giám sát việc sử dụng đất của nhà đầu tư; kịp thời phát "
        "hiện, ngăn chặn và xử lý các hành vi vi phạm pháp luật về đất đai trên địa bàn quản "
        "lý."));
    text.blocks.push_back(paragraph(
        "5. " + company +
        " có trách nhiệm sử dụng đất đúng mục đích, đúng diện tích và ranh giới "
        "được giao; đưa đất vào sử dụng trong thời hạn 12 tháng liên tục kể từ ngày nhận bàn giao "
        "đất trên thực địa; thực hiện đầy đủ các biện pháp bảo vệ môi trường, phòng cháy, chữa "
        "cháy và không làm ảnh hưởng đến quyền, lợi ích hợp pháp của các hộ sử dụng đất liền kề."));
  }
  text.blocks.push_back(article(
      3,
      "Quyết định này có hiệu lực kể từ ngày ký. Chánh Văn phòng Ủy ban nhân dân tỉnh; Giám "
      "đốc các Sở: Tài nguyên và Môi trường, Xây dựng, Kế hoạch và Đầu tư; Cục trưởng Cục Thuế "
      "tỉnh; Chủ tịch Ủy ban nhân dân " +
          place.district + "; Chủ tịch Ủy ban nhân dân " + place.commune + " và " + company +
          " chịu trách nhiệm thi hành Quyết định này./."));
  text.recipients = {"Như Điều 3;", "CT, các PCT UBND tỉnh;", "Sở TN&amp;MT (03 bản);",
                     "Lưu: VT, CVTNMT."};
}

void writeLandRecovery(DocumentText& text, Random& random, bool brief) {
  issuedByProvince(text, random, "QĐ");
  Fields& fields = text.fields;
  fields.typeName = "QUYẾT ĐỊNH";
  const Place place = drawPlace(random);
  const std::string project = drawProject(random);
  const std::string holder = random.chance(0.5) ? drawCompany(random) : "";
  const Person person = drawPerson(random);
  text.applicant = holder.empty() ? person.name : holder;
  const std::string who = holder.empty() ? "hộ " + person.honorific() + " " + person.name : holder;
  fields.abstract = "Về việc thu hồi đất của " + who + " tại " + place.commune + ", " +
                    place.district + " để thực hiện dự án " + project;
  addBases(text, random, "land", brief ? 2 : random.integer(3, 5));
  text.blocks.push_back(basis("Căn cứ Thông báo thu hồi đất số " +
                              std::to_string(random.integer(20, 300)) + "/TB-UBND ngày " +
                              fields.date.plus(-random.integer(90, 150)).slash() +
                              " của Ủy ban nhân dân tỉnh;"));
  text.blocks.push_back(basis(petition(random, fields.date) + "."));
  text.blocks.push_back(centred("<b>QUYẾT ĐỊNH:</b>"));
  const double area = random.real(120, 5400);
  text.blocks.push_back(article(
      1, "Thu hồi " + vietnameseNumber(area, 1) + " m² đất của " + who + ", thuộc một phần " +
             parcel(random) + " tại " + place.village + ", " + place.commune + ", " +
             place.district + ". Lý do thu hồi đất: để thực hiện dự án " + project +
             " vì mục đích phát triển kinh tế - xã hội, vì lợi ích quốc gia, công cộng."));
  text.blocks.push_back(article(2, "Giao nhiệm vụ cho các cơ quan, đơn vị như sau:"));
  text.blocks.push_back(paragraph(
      "1. Chủ tịch Ủy ban nhân dân " + place.commune + " có trách nhiệm giao Quyết định này cho " +
      who +
      "; trường hợp người có đất thu hồi không nhận quyết định hoặc vắng mặt thì phải lập biên "
      "bản; niêm yết Quyết định này tại trụ sở Ủy ban nhân dân " +
      place.commune + " và địa điểm sinh hoạt chung của khu dân cư nơi có đất thu hồi."));
  if (!brief) {
    text.blocks.push_back(
        paragraph("2. Trung tâm Phát triển quỹ đất " + place.district +
                  " lập phương án bồi thường, hỗ trợ và tái "
                  "định cư trình cấp có thẩm quyền phê duyệt; tổng kinh phí dự kiến là " +
                  vietnameseNumber(random.integer(85, 2900) * 100000.0) +
                  " đồng, được lấy từ nguồn vốn của "
                  "dự án và các nguồn huy động hợp pháp khác."));
    text.blocks.push_back(paragraph(
        "3. Văn phòng Đăng ký đất đai thực hiện chỉnh lý biến động trên hồ sơ địa chính và Giấy "
        "chứng nhận quyền sử dụng đất đã cấp; thu hồi Giấy chứng nhận trong trường hợp thu hồi "
        "toàn bộ diện tích thửa đất theo quy định tại Điều 65 Nghị định số 43/2014/NĐ-CP."));
  }
  text.blocks.push_back(article(
      3,
      "Quyết định này có hiệu lực kể từ ngày ký. Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc "
      "Sở Tài nguyên và Môi trường, Chủ tịch Ủy ban nhân dân " +
          place.district + ", Thủ trưởng các đơn vị có liên quan và " + who +
          " chịu trách nhiệm thi hành Quyết định này./."));
  text.recipients = {"Như Điều 3;", "Thường trực Tỉnh ủy (b/c);", "UBND " + place.district + ";",
                     "Lưu: VT, NNMT."};
}

void writeLandCertificate(DocumentText& text, Random& random) {
  issuedByDepartment(text, random, "GCN");
  Fields& fields = text.fields;
  fields.symbol = "CS-STNMT";
  fields.typeName = "GIẤY CHỨNG NHẬN";
  fields.abstract = "Quyền sử dụng đất, quyền sở hữu nhà ở và tài sản khác gắn liền với đất";
  text.issuerLine.clear();
  const Place place = drawPlace(random);
  const Person owner = drawPerson(random);
  Person spouse = drawPerson(random);
  while (spouse.woman == owner.woman) {
    spouse = drawPerson(random);
  }
  const bool dwelling = random.chance(0.5);
  text.applicant = owner.name;
  const auto identity = [&random] {
    return "CMND số " + std::to_string(random.integer(190000000, 199999999));
  };
  text.blocks.push_back(
      paragraph("<b>I. Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền "
                "với đất</b>"));
  text.blocks.push_back(paragraph(
      owner.Honorific() + " " + owner.name + ", sinh năm " +
      std::to_string(random.integer(1948, 1992)) + ", " + identity() +
      (random.chance(0.6) ? " và " + spouse.honorific() + " " + spouse.name + ", sinh năm " +
                                std::to_string(random.integer(1950, 1994)) + ", " + identity()
                          : "") +
      "; địa chỉ thường trú: " + place.village + ", " + place.commune + ", " + place.district +
      ", tỉnh Quảng Bình."));
  text.blocks.push_back(paragraph("<b>II. Thửa đất, nhà ở và tài sản khác gắn liền với đất</b>"));
  text.blocks.push_back(paragraph("<b>1. Thửa đất:</b>"));
  const int area = random.integer(96, 3400);
  text.blocks.push_back(paragraph("a) Thửa đất số: " + std::to_string(random.integer(2, 960)) +
                                  ", tờ bản đồ số: " + std::to_string(random.integer(1, 88))));
  text.blocks.push_back(
      paragraph("b) Địa chỉ: " + place.village + ", " + place.commune + ", " + place.district));
  text.blocks.push_back(paragraph("c) Diện tích: " + vietnameseNumber(area) + " m², (bằng chữ: " +
                                  capitalised(numberInWords(area)) + " mét vuông)"));
  text.blocks.push_back(paragraph("d) Hình thức sử dụng: sử dụng riêng"));
  text.blocks.push_back(
      paragraph("đ) Mục đích sử dụng: " +
                std::string(dwelling ? kPurposes[0] : kPurposes[1 + random.next() % 3])));
  text.blocks.push_back(paragraph(
      dwelling ? "e) Thời hạn sử dụng: Lâu dài"
               : "e) Thời hạn sử dụng: đến ngày " +
                     Date{2063 + random.integer(0, 7), random.integer(1, 12), 15}.slash()));
  text.blocks.push_back(paragraph("g) Nguồn gốc sử dụng: " +
                                  std::string(kOrigins[random.next() % (dwelling ? 3 : 4)])));
  text.blocks.push_back(paragraph(
      "<b>2. Nhà ở:</b> " +
      std::string(random.chance(0.6) ? "-/-"
                                     : "Nhà ở riêng lẻ cấp IV, diện tích xây dựng 86,4 m²")));
  text.blocks.push_back(paragraph("<b>3. Công trình xây dựng khác:</b> -/-"));
  text.blocks.push_back(paragraph("<b>4. Cây lâu năm:</b> -/-"));
  text.blocks.push_back(paragraph(
      "<b>5. Ghi chú:</b> " +
      std::string(
          random.chance(0.5)
              ? "Thửa đất có 42,5 m² thuộc hành lang bảo vệ an toàn đường bộ; người sử dụng đất "
                "không được xây dựng công trình kiên cố trên phần diện tích này."
              : "Số tờ, số thửa được chỉnh lý theo bản đồ địa chính chính quy đã được Sở Tài "
                "nguyên "
                "và Môi trường nghiệm thu.")));
  text.blocks.push_back(centred("<b>Bảng liệt kê tọa độ góc ranh thửa đất</b>"));
  Block grid;
  grid.kind = BlockKind::table;
  grid.table.widths = {0.14, 0.31, 0.31, 0.24};
  grid.table.rows = {{"Điểm", "X (m)", "Y (m)", "Chiều dài (m)"}};
  const int corners = random.integer(4, 6);
  for (int i = 1; i <= corners; ++i) {
    grid.table.rows.push_back({std::to_string(i),
                               vietnameseNumber(random.real(1905000, 1992000), 2),
                               vietnameseNumber(random.real(520000, 585000), 2),
                               vietnameseNumber(random.real(6, 58), 2)});
  }
  text.blocks.push_back(grid);
  text.recipients.clear();
}

}  // namespace sohoa::samples
