/** Refusals with the status, code and words the documents print. */

export interface Refusal {
  status: number
  code: number | string
  en: string
  ru: string
}

function refusal(status: number, code: number | string, en: string, ru: string): Refusal {
  return { status, code, en, ru }
}

/** Errors that any method may answer, in the order of the specification pages, and the sixteenth beside them. */
export const systemErrors = {
  INTERNAL_SERVER_ERROR: refusal(
    500,
    'INTERNAL_SERVER_ERROR',
    'An internal server error has occurred',
    'Внутренняя ошибка сервера',
  ),
  ERROR_UNEXPECTED_ANSWER: refusal(
    500,
    'ERROR_UNEXPECTED_ANSWER',
    'Server returned an unexpected response',
    'Сервер вернул неожиданный ответ',
  ),
  QUERY_LIMIT_EXCEEDED: refusal(503, 'QUERY_LIMIT_EXCEEDED', 'Too many requests', 'Слишком много запросов'),
  ERROR_BATCH_METHOD_NOT_ALLOWED: refusal(
    405,
    'ERROR_BATCH_METHOD_NOT_ALLOWED',
    'Method is not allowed for batch usage',
    'Метод нельзя вызывать в пакете',
  ),
  ERROR_BATCH_LENGTH_EXCEEDED: refusal(
    400,
    'ERROR_BATCH_LENGTH_EXCEEDED',
    'Max batch length exceeded',
    'Превышена длина пакета',
  ),
  NO_AUTH_FOUND: refusal(401, 'NO_AUTH_FOUND', 'Wrong authorization data', 'Неверные данные авторизации'),
  INVALID_REQUEST: refusal(400, 'INVALID_REQUEST', 'Https required', 'Требуется HTTPS'),
  OVERLOAD_LIMIT: refusal(
    503,
    'OVERLOAD_LIMIT',
    'REST API is blocked due to overload',
    'REST API заблокирован из-за перегрузки',
  ),
  ACCESS_DENIED: refusal(
    403,
    'ACCESS_DENIED',
    'REST API is available only on commercial plans',
    'REST API доступен только на коммерческих тарифах',
  ),
  INVALID_CREDENTIALS: refusal(
    403,
    'INVALID_CREDENTIALS',
    'Invalid request credentials',
    'У пользователя недостаточно прав',
  ),
  ERROR_MANIFEST_IS_NOT_AVAILABLE: refusal(
    404,
    'ERROR_MANIFEST_IS_NOT_AVAILABLE',
    'Manifest is not available',
    'Манифест недоступен',
  ),
  insufficient_scope: refusal(
    403,
    'insufficient_scope',
    'The request requires higher privileges than provided by the access token',
    'Запросу нужны права шире, чем у токена',
  ),
  expired_token: refusal(
    401,
    'expired_token',
    'The access token provided has expired',
    'Срок действия токена истёк',
  ),
  user_access_error: refusal(
    403,
    'user_access_error',
    'The user does not have access to the application',
    'У пользователя нет доступа к приложению',
  ),
  PORTAL_DELETED: refusal(500, 'PORTAL_DELETED', 'Portal was deleted', 'Публичная часть сайта закрыта'),
  OPERATION_TIME_LIMIT: refusal(
    429,
    'OPERATION_TIME_LIMIT',
    'Method is blocked due to operation time limit',
    'Метод заблокирован: превышено время выполнения',
  ),
} as const satisfies Record<string, Refusal>

export type SystemErrorName = keyof typeof systemErrors

/** Errors of particular methods. */
export const refusals = {
  methodMissing: refusal(404, 'ERROR_METHOD_NOT_FOUND', 'Method not found!', 'Метод не найден!'),
  invalidToken: refusal(401, 'invalid_token', 'Unable to get application by token', 'Токен не найден'),
  contextRequired: refusal(
    400,
    'ACCESS_DENIED',
    'Access denied! Application context required',
    'Доступ запрещён! Нужен контекст приложения',
  ),
  idMissing: refusal(
    400,
    100,
    'Could not find value for parameter {id}',
    'Не найдено значение параметра {id}',
  ),
  fieldsMissing: refusal(
    400,
    100,
    'Could not find value for parameter {fields}',
    'Не найдено значение параметра {fields}',
  ),
  ownerMissing: refusal(
    400,
    100,
    'Could not find value for parameter {entityId}',
    'Не найдено значение параметра {entityId}',
  ),
  ownerTypeMissing: refusal(
    400,
    100,
    'Could not find value for parameter {entityTypeId}',
    'Не найдено значение параметра {entityTypeId}',
  ),
  paymentAbsent: refusal(400, 0, 'Payment has not been found', 'Оплата не найдена'),
  paymentDenied: refusal(400, 0, 'Insufficient permissions', 'Недостаточно прав'),
  paySystemAbsent: refusal(400, 0, 'Payment system has not been found', 'Платёжная система не найдена'),
  ownerTypeUnsupported: refusal(400, 0, 'Entity type is not supported', 'Тип объекта не поддерживается'),
  alreadyPaid: refusal(400, 0, 'Payment is already paid', 'Оплата уже проведена'),
  notPaid: refusal(400, 0, 'Payment is not paid', 'Оплата не проведена'),
  paidNotDeletable: refusal(400, 0, 'A paid payment cannot be deleted', 'Проведённую оплату нельзя удалить'),
  badValue: refusal(400, 0, 'Invalid field value', 'Недопустимое значение поля'),
  requiredFields: refusal(400, 0, 'Required fields: paySystemId', 'Обязательные поля: paySystemId'),
  requiredOrder: refusal(400, 0, 'Required fields: orderId', 'Обязательные поля: orderId'),
  salePaymentAbsent: refusal(400, 200640400001, 'payment does not exist', 'оплата не существует'),
  saleReadDenied: refusal(400, 200040300010, 'Access Denied', 'Доступ запрещён'),
  saleWriteDenied: refusal(400, 200040300020, 'Access Denied', 'Доступ запрещён'),
  saleOrderAbsent: refusal(400, 200540400001, 'order does not exist', 'заказ не существует'),
  startRefused: refusal(
    400,
    0,
    'Invalid value of parameter {start}',
    'Недопустимое значение параметра {start}',
  ),
  orderEntityDenied: refusal(400, '200040300010', 'Access Denied', 'Доступ запрещён'),
  itemTypeAbsent: refusal(400, 'NOT_FOUND', 'Smart process not found', 'Смарт-процесс не найден'),
  itemFilterInvalid: refusal(
    400,
    'INVALID_ARG_VALUE',
    'Invalid filter: field is not allowed in filter',
    'Недопустимый фильтр: поле нельзя использовать в фильтре',
  ),
  itemOrderInvalid: refusal(
    400,
    'INVALID_ARG_VALUE',
    'Invalid order: field is not allowed in order',
    'Недопустимая сортировка: поле нельзя использовать в сортировке',
  ),
  itemTypeUnsupported: refusal(
    400,
    'ENTITY_TYPE_NOT_SUPPORTED',
    'Entity type is not supported',
    'Тип объекта не поддерживается',
  ),
  paySystemDenied: refusal(403, 'ACCESS_DENIED', 'Access denied!', 'Доступ запрещён!'),
  eventAbsent: refusal(400, 'ERROR_EVENT_NOT_FOUND', 'Event not found', 'Событие не найдено'),
  eventsDenied: refusal(
    403,
    'ACCESS_DENIED',
    'Access denied! Offline events are for administrators',
    'Доступ запрещён! Офлайн-события доступны администраторам',
  ),
  handlerMissing: refusal(
    400,
    100,
    'Could not find value for parameter {handler}',
    'Не найдено значение параметра {handler}',
  ),
  processMissing: refusal(
    400,
    100,
    'Could not find value for parameter {process_id}',
    'Не найдено значение параметра {process_id}',
  ),
  codeEmpty: refusal(400, 'CODE_EMPTY', "CODE can't be empty", 'Не указан CODE'),
  commandsMissing: refusal(400, 'ERROR_BATCH_EMPTY', 'Empty batch', 'Пакет пуст'),
} as const satisfies Record<string, Refusal>

/** Thrown by methods; the answer is printed at the edge, where language and code type are known. */
export class PortalError extends Error {
  readonly refusal: Refusal

  constructor(given: Refusal, detail?: { en: string; ru: string }) {
    super(detail?.en ?? given.en)
    this.refusal = detail ? { ...given, ...detail } : given
  }
}
