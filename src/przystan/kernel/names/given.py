"""Given names that offices translate instead of respelling them: Олена, Elena and Helena are one.

One line a name, spellings that do not already sound alike. A spelling may stand on several lines
(Sasha). Two tokens known on different lines are different names, however close they sound: that is
what tells Maria from Marta, and Valentin from Valentina. General knowledge, no list was copied.
"""

from functools import lru_cache
from typing import Final

from przystan.kernel.names.compounds import signs_of
from przystan.kernel.names.signs import lookup_form

_NAMES: Final = """
Oleksandr Aleksandr Aleksander Alexander Alexandre Aliaksandr Alyaksandr Alejandro Alessandro Alexandru Олександр Александр Аляксандр ალექსანდრე Aleqsandre Aleksandre Iskandar Iskander Sasha Sascha Саша Sashko Alex Ալեքսանդր Iskender إسكندر اسكندر ألكسندر
Oleksandra Aleksandra Alexandra Alessandra Alejandra Aliaksandra Sasha Саша Аляксандра
Oleksii Aleksei Oleksiy Alexey Alexei Aliaksei Aleksy Alexis Alexej Олексій Алексей Аляксей Lyosha Lyokha Lesha Льоша Лёша Alyosha Ալեքսեյ Alexi
Andrii Andriy Andrei Andrey Andrej Andrzej Andreas Andrew Andre Andres Andrea Андрій Андрей Andro Ondrej Andrés ანდრია ანდრო Andria Անդրեյ أندريه
Anatolii Anatoly Anatoliy Anatoli Anatol Анатолій Анатолий Анатоль Tolik
Anton Antoni Antonio Antonii Antoine Anthony Antony Antonín Антон Антоній Tony Антін Antin
Antonina Antonia Antonida Антоніна
Arkadii Arkady Arkadiy Arkadi Arkadiusz Аркадій
Artem Artyom Artiom Artsiom Artemii Artemiy Артем Артём Арцём
Artur Arthur Arturo Артур
Arsen Арсен Արսեն
Arsenii Arseniy Arseny Арсеній
Bohdan Bogdan Богдан Bogdán
Bohdana Bogdana Богдана
Borys Boris Борис Barys
Danylo Danil Daniil Daniel Danila Danilo Danyil Данило Даниил Даніїл Данил Danijel Daniyal Danial დანიელ دانيال Dany
Daniela Daniella Danielle
Daria Darya Dariia Dariya Дарія Дарья Дар'я Dasha Даша
Daryna Darina Darine Дарина
Davyd David Dawid Davit Davide Davud Dawud Daud Dawood Daoud Давид დავით دافيد داود Դավիթ דוד Dovud
Denys Denis Dzianis Dennis Dionizy Денис Дзяніс
Dmytro Dmitri Dmitry Dmitriy Dmitrii Dymitr Dzmitry Dimitri Demetrio Dumitru Дмитро Дмитрий Дзмітрый Dima Діма Дима Dimitrios დიმიტრი
Eduard Edward Edouard Eduardo Едуард Эдуард
Emil Emile Emilio
Emilia Emiliia Emilie Emily Емілія
Fedir Fyodor Fedor Fiodor Teodor Theodor Theodore Teodoro Федір Фёдор Федор Fedya თედო
Hennadii Gennadii Gennady Genadi Henadz Геннадій Геннадий Gena
Heorhii Georgii Georgiy Georgy Georgi Jerzy George Georg Giorgi Gheorghe Jorge Georgios Георгій Георгий გიორგი Gevorg Kevork Գևորգ Gio جورج Georges
Hryhorii Grigorii Grigory Grigori Hryhoriy Grzegorz Gregor Gregory Gregorio Grigore Григорій Григорий Grigor გრიგოლ Grigol Grisha Hrysha Krikor Գրիգոր Ryhor
Ihor Igor Ігор Игорь
Illia Illya Ilya Ilia Eliasz Ilja Elias Ілля Илья ილია Ilija Elijah Eliyahu אליהו Ilyas Ilias إلياس الياس Ільля
Ivan Jan John Johann Johannes Juan Giovanni Jean Ioan Ion Іван Иван ივანე Ivane Vanya Hovhannes Ovanes Hans Iwan Yohannes Yohanes Yuhanna Հովհաննես يوحنا ዮሃንስ João
Jakub Yakiv Yakov Iakov Jacob Jakob Jacques Iacob Яків Яков იაკობ Hakob Akop Hagop Yaqub Yakub Yaakov Yaqoub Հակոբ יעקב يعقوب Yakup Yacoub
Yosyp Iosif Yosif Osip Józef Joseph Josef Jose José Giuseppe Iosyp Йосип Иосиф იოსებ Ioseb Yusuf Yousef Youssef Yusif Yosef Yusup Yousif Hovsep Юсуф יוסף يوسف Joe Հովսեփ Yusef Yussuf Josip Yousuf
Karyna Karina Карина Karine
Konstantin Kostiantyn Constantin Konstantyn Constantine Konstanty Kanstantsin Костянтин Константин Kostya Kostia Konstantinos კონსტანტინე Konstantine
Kyrylo Kirill Kiril Kirył Cyryl Cyril Kyryll Кирило Кирилл Kiryl
Lev Leo Leon Lew Лев Леон
Leonid Leanid Léonide Леонід Лявонід Lyonya
Liudmyla Ludmila Lyudmila Ljudmila Liudmila Ludmiła Людмила Людміла Luda Lyuda Люда
Liubov Lubov Lyubov Ljubov Liubou Lubow Любов Любовь Luba Lyuba
Luka Lukas Łukasz Luke Luca Lucas Lukasz Лука ლუკა
Larysa Larisa Лариса Ларыса
Lilia Liliia Liliya Lilija Lily Лілія Лилия Lilya
Lesia Lesya Леся Lesja Łesia
Maksym Maxim Maksim Максим Макс Max Maks Maxime Massimo
Marharyta Margarita Małgorzata Margaret Margareta Marguerite Margherita Маргарита მარგარიტა Маргарыта
Maria Mariia Mariya Mary Marija Marie Maryia Марія Мария Марыя მარიამ Mariam Maryam Miriam Meryem Miryam Mariami Meriem مريم Mariem Մարիամ מרים Marya Masha Маша Mirjam مریم
Maryna Marina Марина Marine მარინა Марына
Marta Martha Марта Marfa მართა مارتا
Mariana Marianna Marjana Maryana Мар'яна Марьяна Marianne Mariane
Martin Marcin Martyn Мартин
Martyna Martina Мартина
Marko Mark Marek Marcus Marc Marco Markus Marcos Марко Марк მარკო مارك
Matvii Matvei Matviy Matvey Matveï Mateusz Matthew Matthias Mateo Mattia Maciej Матвій Матвей Matej Matthieu Matei Mathew Mathieu
Mykhailo Mikhail Michał Mykhaylo Mikhailo Michael Michel Miguel Mihail Mihai Michele Mikael Михайло Михаил Міхаіл მიხეილ Mikheil Misha Міша Mikayel Միքայել Mikail Mikhael Mihailo ميخائيل Mihály Michail Michaił
Mykola Nikolai Nikolay Nikolaj Mikołaj Nicolae Nicholas Nicolas Nikola Nikolaos Nicola Mikalai Микола Николай Мікалай Kolya Коля ნიკოლოზ Nikoloz Nika Nikołaj Nikolas Նիկոլայ Mykolai Niko
Mykyta Nikita Mikita Микита Никита Мікіта Nikitas
Myroslav Miroslav Mirosław Мирослав Miroslaw
Myroslava Miroslava Mirosława Мирослава Miroslawa
Nadiia Nadia Nadezhda Nadiya Nadieżda Nadzieja Nadzeya Надія Надежда Надзея Nadya Надя Nadejda Nadežda نادية Nadija Nadieja
Nataliia Natalia Natalya Nataliya Natalie Natalja Natallia Natali Наталія Наталья Наталля Natasha Наташа Natalka ნატალია Nataly ناتاليا ناتالي
Nina Ніна Нина ნინა نينا
Nino ნინო
Nazar Назар Nazarii Nazariy Назарій
Oksana Aksana Oxana Оксана Аксана Kseniia Ksenia Kseniya Ksenija Ксенія Ксения Xenia Ksyusha Oksanka
Oleh Oleg Aleh Олег Алег Ołeh
Olena Elena Helena Yelena Alena Jelena Ielena Helen Hélène Hélene Алена Олена Елена Алёна Alyona Aliona Lena Лена ელენე Elene Elen Heghine Ellen هيلانة إيلينا هيلين Eleni Ołena Heléna Ilena
Alona Alyona Aliona Альона Алёна Ałona
Alina Alyna Аліна Алина ალინა
Alla Алла Ała
Alisa Alicja Alice Alicia Аліса Алиса Alisia Alise
Albina Альбіна Альбина
Anastasiia Anastasia Anastasiya Anastazja Anastasija Nastia Nastya Анастасія Анастасия Настя Настасся Nastassia Stasia Anastasie Anastazia ანასტასია
Angelina Anhelina Ангеліна Ангелина Andżelina Anzhelina Anjelina
Anzhela Angela Anzhelika Angelika Andżela Анжела Анжеліка Andżelika Anjela Angelica Анжелика Anżela
Hanna Anna Ganna Anne Ann Ana Hannah Anya Аня Ганна Анна Anka ანა ანნა Աննա Anja آنا انا آنّا חנה
Ania Аня
Inna Інна Инна
Inga Інга
Iryna Irina Ірина Ирина Ирына Irine ირინა ირინე Ira Іра Irena Irene Irén إيرينا Ірына
Ivanna Ivana Joanna Johanna Joana Jana Іванна Иванна Giovanna Ioana Yoana Iwanna Juana Jane Jeanne Joann Іоанна
Yana Jana Яна Iana Ianna
Yaroslav Jaroslav Jarosław Yaraslau Iaroslav Ярослав Яраслаў Jaroslaw
Yaroslava Jarosława Iaroslava Ярослава Jaroslava Jaroslawa
Yelyzaveta Elizaveta Elżbieta Elizabeth Elisabeth Lizaveta Liza Yelizaveta Єлизавета Елизавета Ліза Лиза Isabel Isabella Elisabeta Elisaveta Jelizaveta ელისაბედ Elisabed Лізавета Elzbieta
Yevhen Evgeni Evgeny Evgenii Yevgeny Yevgeniy Eugeniusz Yevhenii Eugene Eugen Eugenio Євген Євгеній Евгений Jewgienij Yauheni Яўген Zhenya Женя Evgueni Jevgenij Jewhen Ievgen Ievgenii Jevhen Jevgenijs Evhen Eugène Evhenii Yauhen Jewgeni
Yevheniia Evgenia Evgeniya Yevgenia Eugenia Євгенія Евгения Jewgienija Yauhenia Яўгенія Eugénie Ievgeniia Yevhenia Yevheniya Zhenya Женя Jewgenija Jewhenija Jevgenija Evheniia
Yulia Yuliia Julia Julija Iuliia Yuliya Giulia Julie Юлія Юлия Julja Iulia იულია جوليا يوليا Юля Yulya Ioulia Julya
Yurii Yuri Yuriy Jurij Iurii Jerzy Yury Юрій Юрий Юрый Youri Jurii Iouri Yuriï Juri Jury Yura Юра Iuri იური Iurie
Zhanna Żanna Jeanne Жанна Žanna Janna Shanna
Zinaida Zinaïda Зінаїда Зинаида Zina
Zoia Zoya Zoe Zoja Зоя
Zlata Злата
Kateryna Ekaterina Katarzyna Katherine Catherine Yekaterina Caterina Ecaterina Katarina Katsiaryna Katja Katya Катя Катерина Екатерина Кацярына Katrin Kate Jekaterina ეკატერინე Ekaterine Catalina Kathryn Jekatierina Iekaterina Eka كاترين كاترينا Katerina Katharina Kasia
Ketevan ქეთევან Keti ქეთი Ketino
Khrystyna Kristina Krystyna Christina Cristina Khristina Chrystyna Христина Кристина Крістіна Hristina Christine Krystsina კრისტინა كريستينا Kristine
Olha Olga Волга Ольга Olya Оля Volha Olia ოლგა Вольга أولغا Helga
Olesia Olesya Олеся Alesia Alesya Алеся Oleśia Olesja
Oles Ales Олесь Алесь
Ostap Остап
Orest Орест
Pavlo Pavel Paweł Paul Paulo Pablo Paolo Pawło Paval Pavle Павло Павел Павал პავლე Pasha Boulos بولس Pawel بول Poul Pál
Petro Petr Piotr Pyotr Peter Pedro Pietro Petru Petros Pierre Pjotr Петро Пётр Петр პეტრე Petre Bedros Boutros Petya بطرس Piatro Pjetr Péter Petar
Platon Платон
Polina Paulina Pauline Paula Поліна Полина Palina პოლინა Pavlina Павліна
Roman Роман Romain Román
Romana Романа
Rostyslav Rostislav Rościsław Ростислав
Ruslan Руслан Rusłan
Ruslana Руслана Rusłana
Rustam Rustem Рустам Rostam رستم
Sviatoslav Svyatoslav Świętosław Святослав Swiatoslaw
Semen Semyon Siemion Simon Szymon Shimon Simeon Семен Семён Симон Simón سيمون شمعون סימון שמעון Siemen Semon Симеон სიმონ Svimon
Serhii Sergei Sergey Sergiy Serhiy Sergiusz Sergio Serge Siarhei Syarhey Сергій Сергей Сяргей Serj Siergiej Sergej სერგო სერგი Սերգեյ Sergii Sergi Sergiu Sergius Serhij Seryozha
Stanislav Stanisław Станіслав Станислав Stanislau Stas Стас Stanislaw Stanislas
Stanislava Stanisława Stanislawa Станіслава
Stepan Stefan Szczepan Stephen Steven Esteban Stephan Stepane Sciapan Étienne Степан Стефан Sćepan სტეფანე Stefano Stsiapan Stepanos Ștefan
Stefaniia Stefania Стефанія Stephanie Stefanie Stéphanie
Svitlana Svetlana Swietłana Sviatlana Swetlana Світлана Светлана Святлана Sveta Света Світа Switłana Swetłana Swiatłana
Snizhana Snezhana Сніжана Снежана Snieżana Śnieżana Snejana
Solomiia Solomia Соломія Salomea Salome Salomé სალომე Solomija
Sofiia Sofia Sophia Zofia Sofiya Sophie Софія София Sonia Соня Sofija Sofi სოფიო სოფია Sopio Sopo صوفيا Sofya Софья
Taras Тарас
Tamara Тамара თამარ Tamar Tamari תמר
Tamta თამთა
Taisiia Taisia Taisiya Таїсія Таисия Taisija
Tetiana Tatiana Tatyana Tetyana Tatjana Tatsiana Tania Tanya Тетяна Татьяна Таццяна Таня Tacjana Tetjana
Tymofii Timofei Tymoteusz Timothy Timofey Tymofiy Тимофій Тимофей Timoteo
Tymur Timur Тимур Teymur Temur تيمور თემურ Taimur Taymur
Vadym Vadim Wadim Вадим Vadzim Wadym
Valentyn Valentin Walenty Валентин Walentin Walentyn Valentine Valiantsin
Valentyna Valentina Walentyna Валентина Валянціна Valiantsina Walentina
Valerii Valery Valeriy Valeri Waleriusz Валерій Валерий ვალერი Walerij Valera Walery Valeriu
Valeriia Valeria Valeriya Valérie Waleria Валерія Валерия Lera Лера Valerija Walerija
Varvara Barbara Варвара Warwara Barbora
Vasyl Vasili Vasily Vasiliy Bazyli Basil Vasile Wasyl Василь Василий Васіль Vasil ვასილ Vasya Wasilij Basile
Vasylyna Vasilina Василина Wasylina
Viacheslav Vyacheslav Wiaczesław Вячеслав В'ячеслав Slava Слава Viachaslau Vjačeslav Wjatscheslaw Viatcheslav
Viktor Victor Wiktor Віктор Виктор Viktar Vittorio Víctor فيكتور ვიქტორ
Viktoriia Victoria Viktoria Wiktoria Viktoriya Victoire Вікторія Виктория Vika Віка Вика Viktorija Viktoryia Wiktorija ვიქტორია فيكتوريا Vittoria
Violetta Violeta Віолетта Виолетта Wioletta Wioleta Violette
Vira Vera Wiera Wira Віра Вера Viera Věra ვერა Vjera
Vitalii Vitaly Vitaliy Vitali Witalij Віталій Виталий Vital Віталь Vitalik Vitalijs Witali
Vitaliia Vitalia Vitalina Віталіна Віталія Vitaliya
Vladyslav Vladislav Władysław Uladzislau Wladislaw Владислав Уладзіслаў Vlad Влад Ladislav Vladislavs Wladyslaw
Vladyslava Vladislava Władysława Uladzislava Владислава Vlada Влада Wladyslawa
Volodymyr Vladimir Władimir Włodzimierz Uladzimir Wladimir Володимир Владимир Уладзімір Wołodymyr Vova Volodya Вова Vladimiro Vlodymyr ვლადიმერ Wolodymyr Vladimer Volodymir Wlodzimierz Wladymir
Vsevolod Wsiewołod Всеволод Usevalad Wsewolod
Zakhar Zachar Захар Zachary Zakhary Zakaria Zakariya Zacharie Zakharia Zakariyya زكريا Zachariah
Karolina Carolina Caroline Кароліна Каролина Karoline
Krzysztof Christopher Christophe Cristóbal Khrystofor Христофор Kristof Christoph
Tomasz Thomas Tomas Foma Хома Khoma Tommaso Tomás Томаш Томас Toma
Tadeusz Thaddeus Тадеуш Tadevos
Wojciech Войцех Adalbert Vojtech
Filip Philip Philippe Philipp Felipe Pylyp Pilip Filipp Пилип Филипп Філіп Filippo
Ryszard Richard Ricardo Ришард Рышард Riccardo
Robert Роберт Roberto
Adam Адам ადამ آدم
Ewa Eva Eve Yeva Єва Ева Hawa حواء
Agnieszka Agnes Агнешка Inés Агнеса
Zuzanna Susanna Susana Suzanne Сюзанна Sousanna
Weronika Veronika Veronica Вероніка Вероника
Rafał Rafael Raphael Raffaele Рафаель Rafail რაფაელ
Gabriel Havryil Gavriil Гавриїл Гавриил Jibril جبريل Havrylo Гаврило Cebrail غابرييل Gabriele
Gabriela Gabriella Gabrielle
Abraham Avraam Ibrahim Ebrahim İbrahim Avram Абрам Ібрагім Ибрагим אברהם إبراهيم ابراهيم Abram Abrahim Brahim Avraham Аврам ኣብርሃም Ibragim Ibraheem Ibrohim Ебрахім ابراهیم
Isaac Yitzhak Itzhak Isaak Ishaq Ishak Icchak Ісаак Исаак יצחק إسحاق Iskhak Izaak Isahak
Ismail Ismael Ismayil İsmail Esmail Ісмаїл Исмаил إسماعيل اسماعيل Ismoil Esmaeil اسماعیل Ishmael Ismaïl
Moses Moshe Musa Moussa Moisei Mojżesz Мойсей Моисей משה موسى Mousa Moisés Muso Moises موسی Moosa
Solomon Suleiman Sulayman Sulaiman Süleyman Suleyman Shlomo Salomon שלמה سليمان Sleiman Slimane Souleymane Сулейман Soleiman Soliman Sulaymon
Jesus Isa Eissa Essa Issa عيسى Jesús عیسی Iso
Yahya Yehia Yahia Yahye Yehya يحيى Яхья Yihya Yahyo یحیی
Yunus Younes Younis Yunes Jonas Yonas Jonasz يونس Younus Юнус Yonus
Nuh Noah Nooh نوح Noe Noé
Harun Haroun Aaron Aron Haroon Garun هارون Харун Horun
Muhammad Mohammed Mohamed Mohammad Muhammed Mehmet Mohamad Mahamed Muhamad Mukhammad Magomed Mahammad Məhəmməd Mamadou Mahomet Мухаммад Мухамед Магомед Мохаммед Мохамед Muhamed محمد Muxammad Muhammet Mohamet Mehmed Mohd Mohammod মোহাম্মদ মুহাম্মদ Mammad Mamed Maxamed
Mahmud Mahmoud Mahmood Mahmut Makhmud Mehmood Махмуд محمود Maxmud Mahmod Mohamud মাহমুদ
Ahmad Ahmed Ahmet Akhmad Akhmed Əhməd Ahamed Ахмед Ахмад أحمد احمد Axmad আহমেদ Axmed Ahmat
Hamid Hameed Хамід Хамид حميد Hamīd حمید Gamid Xamid
Hamed حامد Hâmid
Hamad حمد Hamd
Hamda حمدة
Hammad حماد
Hamza Hamzah Hamzeh Gamzat Хамза حمزة حمزه Xamza Hamze
Hassan Hasan Gasan Hassane Хасан Гасан حسن Xasan হাসান Həsən
Hussein Husain Hussain Husayn Hüseyin Hossein Houssein Hussin Guseyn Хусейн Гусейн حسين حسین Xuseyn Hussien Husseyn Huseyn Hosein Hossain Husein হোসেন হোসাইন Hossen Husayin Hüseyn
Ali Aly Алі Али علي على علی Əli আলী Alli Aliy
Aliya Alia Aliyah Aaliyah Алія Алия عالية علياء
Omar Umar Omer Ömer Умар Омар عمر Oumar Umer
Amr Amro عمرو
Amir Ameer Амір Амир أمير امير Əmir Emir امیر
Amira Ameera أميرة Emira
Amin Ameen Emin Амін أمين امين Əmin امین
Amina Aminah Amineh Emine أمينة آمنة Аміна Амина Əminə آمینه
Amna آمنة
Uthman Osman Othman Usman Ousmane Осман Усман عثمان Usmon Othmane Ossman
Khalid Khaled Halid Chalid Халід Халед Xalid خالد Halit Holid Kalid Khaleed খালেদ
Khalil Khaleel Halil خليل Халіл Chalil
Walid Waleed Oualid Velid وليد Валід Valid ولید
Said Saeed Saïd Саїд Саид سعيد Saiid Sait سعید Saeid
Sayed Sayyid Seyed Sayyed Syed Sayid سيد Seyid سید Saiyed
Saad سعد
Samir Sameer Самір سمير Semir سمیر
Samira Sameera Саміра سميرة سمیرا Semira
Sami Samy سامي سامی
Salim Saleem Selim Салім سليم سلیم
Salem سالم Salim
Salam سلام
Salama سلامة
Salah صلاح
Saleh Salih Salikh صالح Solih
Salma Selma سلمى سلمی
Salman Selman سلمان
Jamal Gamal Djamal Cemal Jamaal Dżamal Джамал جمال Jamol Camal
Jamil Gamil Djamil Cemil Jameel Dżamil جميل
Jamila Gamila Djamila Cemile Jameela Dżamila Джаміла جميلة
Jafar Jaafar Gaafar Djafar Cafer Dżafar Джафар جعفر Ja'far Cəfər
Rashid Rasheed Rachid Raszid Reşit Рашид رشيد Rəşid رشید Roshid Rachide
Rashed راشد
Rahim Raheem Rakhim رحيم Рахім Rəhim رحیم
Rahman Rakhman Rehman رحمن رحمان Рахман রহমান
Karim Kareem Kerim Карім Карим كريم Kərim کریم
Karima Kareema كريمة
Kamal Kemal كمال Kamol کمال
Kamel Kamil كامل Kâmil کامل
Nasir Naser Nasser Nassir ناصر Носир Насер Nosir
Nasr نصر
Nasreen Nasrin نسرين Nesrin نسرین
Nur Noor Nour نور Нур
Nura Noora نورة نورا Noura Nourah
Fatima Fatma Fatimah Fatemeh Fatimata Fatoumata Фатіма Фатима فاطمة Fatme Fotima فاطمه Fadma Fatime
Faisal Faysal Feisal Faycal Fayçal فيصل Fayssal فیصل
Farid Fareed Ferid Ferit فريد Фарід Фарид فرید
Farida Fareeda Faride فريدة Фаріда Feride فریده
Faruk Farouk Farooq Faruq Faroq فاروق
Khadija Khadijah Hadija Chadidża Hatice Khadidja Khadeeja Kadija Хадіджа Хадиджа خديجة Xədicə Hadidja Khadijeh خدیجه Kadidja Hadidża Khadicha
Aisha Ayesha Aïcha Aicha Ajsza Aishah Ayşe Айша عائشة عايشة Aysha Oysha আয়েশা Aichatou
Zainab Zaynab Zeinab Zeynep Zineb Zajnab Зейнаб زينب Zaineb Zeynab Zaynap زینب Zainap
Zahra Zehra Захра زهراء زهرة Zohra Zahraa زهرا زهره Zahrah
Layla Leila Leyla Laila Lejla Laïla Лейла ليلى لیلا Laylo Leilah Lajla لیلی
Yasmin Jasmin Yasmine Jasmine Yasmeen ياسمين Ясмін Ясмина Yasemin Yasmina Jaśmina یاسمین
Yasin Yassin Yaseen Yassine ياسين Ясин Yacine یاسین
Yasir Yasser Yaser ياسر یاسر
Mustafa Mostafa Moustafa Mustapha Мустафа مصطفى مصطفی Mustofa Moustapha Mustefa
Murad Mourad Morad Murat مراد Мурат Мурад Murod
Malik Malek Maalik مالك Малік مالک
Malika Maleka ملكة مليكة Malikah
Mansur Mansour Mansoor منصور Мансур
Marwan Merwan Marouane مروان Marwane
Mona Muna Mouna منى
Nabil Nabeel نبيل Набіль نبیل
Nadir Nader Nadeer نادر Надір
Nidal نضال
Osama Usama Oussama أسامة Усама Ossama
Rami Ramy رامي Рамі
Reem Rim ريم
Rana Ranaa رنا
Rania Raniya Ranya رانيا
Sara Sarah Sarra Сара سارة שרה ሳራ سارا
Sabah صباح
Tariq Tarek Tareq Tarik Тарік Тарек طارق Toriq
Taha طه
Wael Wail Waël وائل
Ziad Ziyad Zijad زياد Зіяд
Zaid Zayd Zeid زيد Зейд
Hani Hany هاني
Hisham Hicham Hesham هشام Хішам Hişam
Haidar Haydar Heydar Haider Haydər حيدر حیدر Hyder
Hala هالة Halah
Hadi Hady هادي هادی
Huda Hoda Houda هدى
Iman Eman Imane إيمان ايمان İman
Bilal Belal Bilel بلال Білал
Bashir Basheer Bachir Beşir بشير Башир بشیر
Adel Adil Aadil عادل Odil
Aziz Азіз Азиз عزيز Əziz عزیز
Aziza Азіза Азиза عزيزة
Anas Enes أنس
Anwar Enver Anvar أنور Анвар انور
Asma Asmaa أسماء
Ayman Aiman Aymen أيمن
Bassam بسام
Basma بسمة
Basim Bassem باسم
Dalal دلال
Dina Діна دينا
Dana Дана دانا
Diana Діана Диана ديانا Dijana
Fadi Fady فادي
Ghassan Gassan غسان
Imad Emad عماد
Imran Emran Omran عمران Імран
Ihab Ehab إيهاب
Idris Edris Idriss إدريس Ідріс
Jawad Javad Cavad جواد Jawed
Laith Layth ليث
Lina Ліна Лина لينا
Lubna لبنى Loubna
Mazen Mazin مازن
Maher Mahir ماهر
Majid Majeed Maged ماجد مجيد Меджид Macid مجید
Noura نورا
Qasim Kasim Qassem Kassem Gasim Kasem قاسم Касим Ghasem Qosim
Ridha Reza Rida Riza Rza رضا Рза
Sana Sanaa سناء
Shadi Chadi شادي
Suad Souad سعاد
Suha سهى
Abbas عباس Аббас
Ikram إكرام
Akram أكرم
Abdullah Abdallah Abdulla Abdoulaye عبدالله আবদুল্লাহ Abdullo
Abdulrahman Abdurrahman Abderrahmane Abdirahman Abdelrahman Abdourahmane عبدالرحمن Abdurahmon
Giga გიგა
Irakli ირაკლი Iraklis
Levan ლევან Lewan
Zurab ზურაბ Surab
Nana ნანა
Natia ნათია
Lali ლალი
Lasha ლაშა
Vakhtang ვახტანგ Wachtang
Shota შოთა
Teimuraz თეიმურაზ
Otar ოთარ
Tornike თორნიკე
Khatia ხათია Chatia
Khatuna ხათუნა Chatuna
Maia მაია Maja Maya Мая Майя
Manana მანანა
Armen Արմեն
Anahit Անահիտ
Aram Արամ
Ashot Աշոտ
Hayk Haik Հայկ Ajk
Karen Կարեն Karén
Narek Նարեկ
Tigran Տիգրան Dikran
Vahan Վահան
Gayane Gajane Gayané Գայանե
Lusine Լուսինե Lusiné
"""  # noqa: E501


@lru_cache(maxsize=1)
def _table() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for line in _NAMES.strip().split("\n"):
        spellings = line.split()
        for spelling in spellings:
            form = lookup_form(signs_of(spelling.lower()))
            table[form] = table.get(form, frozenset()) | {spellings[0].lower()}
    return table


def given_names(signs: str) -> frozenset[str]:
    """The given names that these signs (see `sounds`) are a known spelling of; empty when unknown.

    A name is called by the first spelling of its line.
    """
    return _table().get(lookup_form(signs), frozenset())
